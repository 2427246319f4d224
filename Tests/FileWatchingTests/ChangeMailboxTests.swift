import Testing

@testable import FileWatching

@Suite(.timeLimit(.minutes(1))) struct ChangeMailboxTests {
  private func changed(_ name: String, root: Int = 0) -> Change { .changed(TreePath(root: root, path: BytePath(name))) }

  @Test func changesComeInOrderAndTogether() async {
    let mailbox = ChangeMailbox()
    mailbox.post([changed("a")])
    mailbox.post([changed("b"), changed("c")])
    #expect(await mailbox.next() == [changed("a"), changed("b"), changed("c")])
  }

  @Test func aWaitingConsumerIsWoken() async {
    let mailbox = ChangeMailbox()
    async let batch = mailbox.next()
    mailbox.post([changed("a")])
    #expect(await batch == [changed("a")])
  }

  @Test func beyondItsLimitItAsksForARescanOfEachRootConcerned() async {
    let mailbox = ChangeMailbox(limit: 3)
    mailbox.post([changed("a"), .rootLost(2), changed("b", root: 1), changed("c")])
    #expect(mailbox.collapses == 1)
    #expect(
      await mailbox.next() == [.rootLost(2), .rescanNeeded(TreePath(root: 0, path: "")), .rescanNeeded(TreePath(root: 1, path: ""))])
  }

  @Test func itEndsAfterWhatIsStillThere() async {
    let mailbox = ChangeMailbox()
    mailbox.post([changed("a")])
    mailbox.finish()
    mailbox.post([changed("late")])
    var batches: [[Change]] = []
    for await batch in mailbox { batches.append(batch) }
    #expect(batches == [[changed("a")]])
  }

  @Test func aCancelledConsumerStopsWaiting() async {
    let mailbox = ChangeMailbox()
    let consumer = Task { await mailbox.next() }
    consumer.cancel()
    #expect(await consumer.value == nil)
  }
}
