import Testing

@testable import Intake

@Suite struct IntakeTests {
  @Test func aNoteIsReadOneSettleTimeAfterItsLastEvent() {
    let desk = Desk()
    desk.create("note.md")
    desk.wait(100)
    desk.write("note.md")
    desk.wait(1_000)
    #expect(desk.readTimes == [300])
  }

  @Test func aFileFoundAsRecordedIsNotRead() {
    let desk = Desk()
    desk.haveRecorded("note.md")
    desk.touch("note.md")
    desk.wait(1_000)
    #expect(desk.reads == [])
    #expect(desk.looks == 1)
  }

  @Test func aWriterThatNeverPausesIsReadEveryThirtySeconds() {
    let desk = Desk()
    for _ in 0..<1_000 {
      desk.write("log.md")
      desk.wait(95)
    }
    #expect(desk.reads.count == 3)
    desk.wait(5_000)
    #expect(desk.reads.count == 4, "and once more when it stops")
  }

  @Test func oneNoteIsNeverReadTwiceInASecond() {
    let desk = Desk()
    for _ in 0..<40 {
      desk.write("note.md")
      desk.wait(250)
    }
    desk.wait(5_000)
    for (earlier, later) in zip(desk.readTimes, desk.readTimes.dropFirst()) { #expect(later - earlier >= 1_000) }
    #expect(desk.readTimes == Array(stride(from: 200, through: 9_200, by: 1_000)) + [10_200])
  }

  @Test func aStormOnOneFileDoesNotDelayAnother() {
    let desk = Desk()
    for step in 0..<1_000 {
      desk.write("storm.md")
      if step == 500 { desk.create("calm.md") }
      desk.wait(1)
    }
    let calm = zip(desk.reads, desk.readTimes).first { $0.0 == "calm.md" }
    #expect(calm.map { $0.1 - 500 <= 201 } == true)
  }

  @Test func aFileThatChangesWithoutEventsHasToKeepStill() {
    let desk = Desk()
    desk.create("note.md")
    desk.wait(120)
    desk.writeSilently("note.md")
    desk.wait(100)
    #expect(desk.reads == [])
    desk.wait(1_000)
    #expect(desk.reads == ["note.md"])
  }

  @Test func aDeletionIsToldAfterTwoLooks() {
    let desk = Desk()
    desk.haveRecorded("note.md")
    desk.remove("note.md")
    desk.wait(199)
    #expect(desk.forgotten == [])
    desk.wait(1)
    #expect(desk.forgotten == ["note.md"])
    #expect(desk.intake.count == 0)
  }

  @Test func aFileThatCameAndWentLeavesNothing() {
    let desk = Desk()
    desk.create("note.md")
    desk.remove("note.md")
    desk.wait(1_000)
    #expect(desk.reads == [])
    #expect(desk.forgotten == [])
    #expect(desk.intake.count == 0)
  }

  @Test func deletedAndMadeAgainIsReadOnce() {
    let desk = Desk()
    desk.haveRecorded("note.md")
    for _ in 0..<50 {
      desk.remove("note.md")
      desk.create("note.md")
    }
    desk.wait(1_000)
    #expect(desk.reads == ["note.md"])
    #expect(desk.forgotten == [])
  }

  @Test func aRenameForgetsTheOldNameAndReadsTheNew() {
    let desk = Desk()
    desk.haveRecorded("old.md")
    desk.rename("old.md", "new.md")
    desk.wait(1_000)
    #expect(desk.reads == ["new.md"])
    #expect(desk.forgotten == ["old.md"])
  }

  @Test func aChangeDuringAReadMeansOneMore() {
    let desk = Desk()
    desk.holdsReads = true
    desk.create("note.md")
    desk.wait(500)
    for _ in 0..<5 { desk.write("note.md") }
    desk.finishReads()
    desk.holdsReads = false
    desk.write("note.md")
    desk.wait(5_000)
    #expect(desk.reads.count == 2)
  }

  @Test(arguments: [(Intake.Outcome.changedWhileReading, 2), (.retry(after: 3_000_000_000), 2), (.done, 1)])
  func aReadThatDidNotSucceedIsTriedAgain(_ outcome: Intake.Outcome, _ expected: Int) {
    let desk = Desk()
    desk.holdsReads = true
    desk.create("note.md")
    desk.wait(500)
    desk.holdsReads = false
    desk.finishReads(outcome)
    desk.wait(10_000)
    #expect(desk.reads.count == expected)
  }

  @Test func aFileThatVanishedBeforeItsReadIsForgotten() {
    let desk = Desk()
    desk.haveRecorded("note.md")
    desk.write("note.md")
    desk.holdsReads = true
    desk.wait(500)
    desk.finishReads(.changedWhileReading)
    desk.remove("note.md")
    desk.wait(2_000)
    #expect(desk.forgotten == ["note.md"])
  }

  @Test func whatIsNotARegularFileIsIgnoredWithItsReason() {
    var intake = Intake()
    let pipe = NotePath("pipe.md")
    _ = intake.handle(.changed(pipe), now: 0)
    #expect(intake.handle(.tick, now: 100_000_000).contains(.look(pipe)))
    let actions = intake.handle(.sighted(pipe, .unsuitable("a FIFO"), recorded: nil), now: 100_000_001)
    #expect(actions.contains(.ignore(pipe, reason: "a FIFO")))
    #expect(intake.count == 0)
  }

  @Test func aRescanOfUnchangedFilesReadsNothing() {
    let desk = Desk()
    for index in 0..<100 { desk.haveRecorded("note \(index).md") }
    desk.send(.rescanNeeded(NotePath("")))
    desk.wait(1_000)
    #expect(desk.reconciled == [""])
    #expect(desk.reads == [])
    #expect(desk.intake.isIdle)
  }

  @Test func aRescanFindsWhatEventsMissed() {
    let desk = Desk()
    for name in ["same.md", "other.md", "gone.md"] { desk.haveRecorded(name) }
    desk.writeSilently("other.md")
    desk.writeSilently("new.md")
    desk.remove("gone.md")
    desk.send(.rescanNeeded(NotePath("")))
    desk.wait(2_000)
    #expect(Set(desk.reads) == ["other.md", "new.md"])
    #expect(desk.forgotten == ["gone.md"])
  }

  @Test func aStormOfRescansBecomesOneAfterAnother() {
    let desk = Desk()
    for _ in 0..<100 {
      desk.send(.rescanNeeded(NotePath("a/b")))
      desk.send(.rescanNeeded(NotePath("a")))
      desk.wait(1)
    }
    desk.wait(1_000)
    #expect(desk.reconciled == ["a"])
  }

  @Test func whatWasJustReadTakesNoRoom() {
    var policy = Intake.Policy()
    policy.queueLimit = 4
    let desk = Desk(policy: policy)
    for index in 0..<8 { desk.create("note \(index).md") }
    desk.wait(300)
    #expect(desk.intake.count == 8)
    #expect(desk.intake.hasRoom)
  }

  @Test func aFullQueueKeepsWhatIsSeenAndDropsNothing() {
    var policy = Intake.Policy()
    policy.queueLimit = 4
    policy.readLimit = 1
    let desk = Desk(policy: policy)
    desk.holdsReads = true
    for index in 0..<20 { desk.create("note \(index).md") }
    desk.wait(300)
    #expect(!desk.intake.hasRoom)
    #expect(desk.intake.state(of: NotePath("note 19.md")) == .seen)
    while !desk.openReads.isEmpty { desk.finishReads() }
    #expect(Set(desk.reads).count == 20)
    #expect(desk.reads.count == 20)
  }

  @Test func whatEventsBringIsReadBeforeWhatAWalkBrings() {
    var policy = Intake.Policy()
    policy.readLimit = 1
    let desk = Desk(policy: policy)
    desk.holdsReads = true
    for index in 0..<50 { desk.writeSilently("old \(index).md") }
    desk.send(.rescanNeeded(NotePath("")))
    desk.wait(300)
    desk.create("fresh.md")
    desk.wait(300)
    desk.finishReads()
    #expect(desk.reads.last == "fresh.md")
  }

  @Test func atRestNoTimerIsSet() {
    let desk = Desk()
    desk.create("note.md")
    desk.wait(10_000)
    let wakeUps = desk.wakeUps
    desk.wait(1_000_000)
    #expect(desk.wakeUps == wakeUps)
    #expect(desk.intake.count == 0)
  }

  @Test func hiddenFilesAndLeftOversAreNeverLookedAt() {
    let desk = Desk()
    for name in [".note.md.swp", "4913", "note.md~", "#note.md#", ".#note.md", ".~lock.note.md#", "a/.git/index", "~$note.docx", "x.part"] {
      desk.create(name)
    }
    desk.wait(1_000)
    #expect(desk.looks == 0)
  }
}
