import Analysis
import Documents

/// An alert as a page: what happened, the sentences it rests on, why it matters, how sure it is, its history, what to do about it.
extension AlertPage {
  func page(links: EvidenceLinks) -> Page {
    let citer = Citer(links: links, records: facts)
    var page = Page(title: TitleText.readable(alert.title), frontMatter: frontMatter, folder: OutputLayout.alerts)
    page.summary = [
      PageText([
        .strong("\(FactWording.capitalised(alert.severity.rawValue)) · \(CategoryWording.name(alert.category))"),
        .plain(" · \(alert.subject.name) · \(stateSentence)"),
      ])
    ]
    page.sections = [evidenceSection(citer)]
    if let reason = why ?? CategoryWording.why(alert.category) {
      page.sections.append(PageSection(anchor: "why", title: "Why it matters", blocks: [.paragraph(PageText(reason))]))
    }
    page.sections += [surenessSection(citer), historySection, actionSection]
    return page
  }

  private var frontMatter: [FrontMatterField] {
    [
      FrontMatterField("generator", .bare(OwnOutput.generator)), FrontMatterField("type", .bare("alert")),
      FrontMatterField("id", .text(alert.id)), FrontMatterField("severity", .bare(alert.severity.rawValue)),
      FrontMatterField("category", .text(alert.category)), FrontMatterField("subject", .text(alert.subject.name)),
      FrontMatterField("state", .bare(state.rawValue)), FrontMatterField("rule", .text(alert.rule)),
      FrontMatterField("plugin", .text(alert.plugin)), FrontMatterField("raised", .text(raisedAt)),
      FrontMatterField("changed", .text(changedAt)), FrontMatterField("tags", .list(["bellwether/alert"])),
    ]
  }

  private var stateSentence: String {
    let raised = "raised \(DateText.text(instant: raisedAt))"
    switch state {
    case .new, .open: return raised
    case .acknowledged: return "\(raised), acknowledged"
    case .resolved: return "\(raised), resolved \(DateText.text(instant: changedAt))"
    case .withdrawn: return "\(raised), withdrawn \(DateText.text(instant: changedAt))"
    case .baseline: return "held already at the first reading"
    }
  }

  private func evidenceSection(_ citer: Citer) -> PageSection {
    var items = alert.evidence.map { PageItem(text: PageText([]), citations: [citer.citation($0)]) }
    if items.isEmpty { items = facts.flatMap { citer.citations($0) }.map { PageItem(text: PageText([]), citations: [$0]) } }
    return PageSection(anchor: "evidence", title: "What the notes say", blocks: [.items(items, style: .line, more: nil)])
  }

  private func surenessSection(_ citer: Citer) -> PageSection {
    var blocks: [PageBlock] = []
    if let sentence = sureness.sentence { blocks.append(.paragraph(PageText(sentence))) }
    let rows = FactOrder.sortedByTime(facts).map { record -> [PageText] in
      [
        PageText("\(CountText.list(record.fact.subject.map(\.name))): \(FactWording.summary(record.fact, inParentheses: true))"),
        PageText(FactWording.status(record.fact.status)),
        PageText(FactWording.attribution(record.fact).map { FactWording.capitalised($0) } ?? "The note's author"),
        record.fact.when.map { PageText([DateText.run(interchange: $0)]) } ?? "unknown",
        PageText(citer.citations(record).prefix(1).map { .cite($0) }),
      ]
    }
    if !rows.isEmpty {
      blocks.append(
        .table(PageTable(caption: "The facts behind it", columns: ["Fact", "Status", "Source", "When", "Where"], rows: rows, more: nil)))
    }
    if blocks.isEmpty { blocks.append(.paragraph("The facts behind this alert are gone from the notes.")) }
    return PageSection(anchor: "sureness", title: "How sure it is", blocks: blocks)
  }

  private var historySection: PageSection {
    let lines = history.isEmpty ? [HistoryLine(at: raisedAt, state: state == .baseline ? .baseline : .new)] : history
    let items = lines.map { line in
      PageItem(
        text: PageText([
          .strong(DateText.text(instant: line.at)), .plain(": \(line.state.rawValue)" + (line.reason.map { ", \($0)" } ?? "")),
        ]))
    }
    return PageSection(anchor: "history", title: "History", blocks: [.items(items, style: .line, more: nil)])
  }

  private var actionSection: PageSection {
    let id = Slug.text(String(alert.id.prefix(16)), limit: 16)
    func item(_ purpose: String, _ verb: String) -> PageItem {
      PageItem(text: PageText([.plain("\(purpose): "), .code("bellwether alerts \(verb) \(id)")]))
    }
    var items: [PageItem] = []
    switch state {
    case .new, .open, .baseline:
      items.append(item("Known, say no more of it until it gets worse", "ack"))
      items.append(item("Dealt with, take it off the list", "resolve"))
    case .acknowledged, .resolved: items.append(item("Put it back on the list", "reopen"))
    case .withdrawn: break
    }
    items.append(item("Why it was raised, and who was told", "explain"))
    return PageSection(anchor: "action", title: "What to do with it", blocks: [.items(items, style: .line, more: nil)])
  }
}
