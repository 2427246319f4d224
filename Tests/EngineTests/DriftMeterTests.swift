import Intake
import Testing

@testable import Engine

/// Which differences between folder and database count as missed by the events.
@Suite struct DriftMeterTests {
  private let a = NotePath("d/a.md"), b = NotePath("d/b.md")

  @Test func `a change that no event names is drift when the grace period is over`() throws {
    var meter = DriftMeter()
    meter.comparisonBegins(underWay: [])
    let batchEnded = meter.comparisonEnds([a, b])
    let batch = try #require(batchEnded)
    let missed = meter.settle(batch)
    #expect(Set(missed) == [a, b])
    #expect(meter.isIdle)
  }

  @Test func `an event before, while or soon after the comparison clears it`() throws {
    var meter = DriftMeter()
    meter.comparisonBegins(underWay: [a])
    meter.announce(b)
    let none1 = meter.comparisonEnds([a, b])
    #expect(none1 == nil)
    meter.comparisonBegins(underWay: [])
    let batchEnded = meter.comparisonEnds([a, b])
    let batch = try #require(batchEnded)
    meter.announce(a)
    let missed = meter.settle(batch)
    #expect(missed == [b])
  }

  @Test func `an event about a directory speaks for what lies below`() throws {
    var meter = DriftMeter()
    meter.comparisonBegins(underWay: [])
    meter.announceBelow(NotePath("d"))
    let batchEnded = meter.comparisonEnds([a, NotePath("dd/a.md")])
    let batch = try #require(batchEnded)
    let missed = meter.settle(batch)
    #expect(missed == [NotePath("dd/a.md")])
  }

  @Test func `what events have told of is no drift while it waits to be recorded or compared`() throws {
    var meter = DriftMeter()
    meter.awaitsRecord(of: [a])
    meter.awaitsRecord(of: [a])
    meter.isRecorded([a])
    meter.comparisonBegins(underWay: [], below: [NotePath("e")])
    let none4 = meter.comparisonEnds([a, NotePath("e/x.md")])
    #expect(none4 == nil)
    meter.isRecorded([a])
    meter.comparisonBegins(underWay: [])
    let batchEnded = meter.comparisonEnds([a, NotePath("e/x.md")])
    let batch = try #require(batchEnded)
    let missed = meter.settle(batch)
    #expect(Set(missed) == [a, NotePath("e/x.md")])
  }

  @Test func `a renamed directory that waits to be recorded speaks for what lies below both names`() {
    var meter = DriftMeter()
    meter.awaitsRecord(of: [NotePath("d"), NotePath("e")])
    meter.comparisonBegins(underWay: [])
    let none5 = meter.comparisonEnds([a, NotePath("e/a.md")])
    #expect(none5 == nil)
  }

  @Test func `two comparisons count a change once`() throws {
    var meter = DriftMeter()
    meter.comparisonBegins(underWay: [])
    meter.comparisonBegins(underWay: [])
    let firstEnded = meter.comparisonEnds([a])
    let first = try #require(firstEnded)
    let none2 = meter.comparisonEnds([a])
    #expect(none2 == nil)
    let missed = meter.settle(first)
    #expect(missed == [a])
  }

  @Test func `a comparison that is not to count clears nothing and counts nothing`() {
    var meter = DriftMeter()
    meter.comparisonBegins(underWay: [])
    let none3 = meter.comparisonEnds(nil)
    #expect(none3 == nil)
    #expect(meter.isIdle)
  }
}

@Suite struct PaceTests {
  @Test func `work rests for as long as its share of the time asks`() {
    let pace = Pace(share: 0.1, stretch: 5, clock: ManualClock())
    #expect(pace.pause(after: 4) == 0)
    #expect(pace.pause(after: 10) == 90)
    #expect(Pace(share: 1, stretch: 5, clock: ManualClock()).pause(after: 1_000) == 0)
  }

  @Test func `work that is hurried does not rest`() {
    let clock = ManualClock()
    let pace = Pace(share: 0.000_001, clock: clock)
    pace.hurry()
    clock.pass(milliseconds: 1_000)
    // Would rest for days.
    pace.step()
  }
}

@Suite struct ClockJumpsTests {
  @Test func `a sleep, a set clock and the passing of time are told apart`() {
    let clock = SettableClock()
    var jumps = ClockJumps(clock)
    clock.pass(seconds: 3_600)
    let jump4 = jumps.observe()
    #expect(jump4 == nil)
    clock.sleep(seconds: 600)
    let jump5 = jumps.observe()
    #expect(jump5 == .slept(600_000_000_000))
    let jump6 = jumps.observe()
    #expect(jump6 == nil)
    clock.set(by: -3_600)
    let jump7 = jumps.observe()
    #expect(jump7 == .set(-3_600_000))
    clock.set(by: 86_400 * 365)
    let jump8 = jumps.observe()
    #expect(jump8 == .set(86_400 * 365_000))
    let jump9 = jumps.observe()
    #expect(jump9 == nil)
  }
}
