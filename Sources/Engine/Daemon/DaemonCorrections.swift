import Analysis
import Configuration
import Dispatch
import Documents
import Language
import Storage

/// People's word on facts and contradictions, and what changes alerts without changing the analysis of any note.
extension Daemon {
  static let correlationKey = "correlation"
  /// Who says so where the corrections file does.
  static let fileAuthor = "corrections file"

  /// A person's word on a fact or a contradiction.
  func judge(_ request: ControlRequest, _ connection: ControlConnection) async {
    guard let what = request.action.flatMap({ Judgement.What(rawValue: $0) }) else {
      return connection.send(ControlReply(message: "the request names no action", done: ExitStatus.usage.rawValue))
    }
    let (author, reason) = (request.author ?? "unknown", request.reason ?? what.rawValue)
    do {
      let isChanged: Bool
      if let id = request.fact, let record = try store.facts(ids: [id]).first {
        isChanged = try await writer.judge { store, now, correlation throws(StoreError) in
          try store.judge(record, what, author: author, reason: reason, now: now, correlation: correlation)
        }
        if isChanged { keep(HumanDecision(at: clock.now, author: author, reason: reason, .fact(record: record, what: what))) }
      } else if let id = request.contradiction, let contradiction = try Daemon.contradiction(id, store) {
        isChanged = try await writer.judge { store, now, correlation throws(StoreError) in
          try store.judge(contradiction, what, author: author, reason: reason, now: now, correlation: correlation)
        }
        if isChanged {
          keep(HumanDecision(at: clock.now, author: author, reason: reason, .contradiction(contradiction: contradiction, what: what)))
        }
      } else {
        return connection.send(ControlReply(message: "nothing has that id any more", done: ExitStatus.noInput.rawValue))
      }
      await delivery.flush()
      let id = request.fact ?? request.contradiction ?? ""
      connection.send(ControlReply(line: "\(id): \(isChanged ? what.rawValue : "no change")", done: 0))
    } catch {
      connection.send(ControlReply(message: error.description, done: ExitStatus.temporary.rawValue))
    }
  }

  /// One that stands, or that was dismissed or resolved.
  static func contradiction(_ id: String, _ store: Store) throws(StoreError) -> Contradiction? {
    if let found = try store.contradictions().first(where: { $0.id == id }) { return found }
    return try store.judgements(.contradiction).last { $0.contradiction?.id == id }?.contradiction
  }

  /// After a start or a reload: the dismissals of the corrections file, and alerts drawn anew where filters, sources or corrections have changed.
  func applyCorrections() async {
    let assembly = box.value
    do {
      let dismissals = assembly.dismissals
      _ = try await writer.judge { store, now, correlation throws(StoreError) in
        try store.adopt(dismissals: dismissals, author: Daemon.fileAuthor, now: now, correlation: correlation)
      }
      let key = assembly.correlationKey
      if try store.meta(Daemon.correlationKey) ?? key != key { await recorrelate() }
      if try store.meta(Daemon.correlationKey) != key { try store.setMeta(Daemon.correlationKey, key) }
      health.clear("corrections")
    } catch {
      let words = "corrections could not be applied yet: \(error.description)"
      if health.declare("corrections", words) { journal(JournalEntry(.plain, .warning, words)) }
      guard error.isTransient, !options.once else { return }
      executor.queue.asyncAfter(deadline: .now() + .seconds(10)) {
        self.assumeIsolated { daemon in if !daemon.isStopping { Task { await daemon.applyCorrections() } } }
      }
    }
  }
}

extension Assembly {
  /// The facts that the corrections file calls wrong, as far as it says them.
  var dismissals: [(key: String, record: FactRecord)] {
    corrections.facts.map { entry in
      let subject = entry.subject.map { id in
        let known = gazetteer.entry(id)
        return EntityRef(
          id: id, name: known?.name ?? id, organization: known.flatMap { $0.type == .organization ? id : $0.organization } ?? id)
      }
      let evidence = [Evidence(span: ByteSpan(0, 0), line: 0, text: entry.text)]
      let fact = Fact(kind: entry.kind, subject: subject, plugin: "", rule: "", evidence: evidence)
      let record = FactRecord(
        fact: fact, path: "", revision: "", published: nil, publisher: nil, title: entry.reason, isConverted: false, received: "")
      return (fact.identity, record)
    }
  }
}
