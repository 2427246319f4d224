import Engine
import Testing

@Suite struct HealthBoardTests {
  @Test func `a stage at rest never hangs, one without progress does, one with progress does not`() {
    let clock = ManualClock()
    let health = HealthBoard(clock: clock)
    clock.pass(100)
    #expect(health.stuck(limit: 50) == nil)
    health.begins(.writer)
    clock.pass(40)
    #expect(health.stuck(limit: 50) == nil)
    clock.pass(40)
    #expect(health.stuck(limit: 50) == .writer)
    health.progresses(.writer)
    #expect(health.stuck(limit: 50) == nil)
    clock.pass(80)
    health.ends(.writer)
    #expect(health.stuck(limit: 50) == nil)
  }

  @Test func `a trouble is news once, and again when it says something else`() {
    let health = HealthBoard(clock: ManualClock())
    #expect(health.declare("state", "full"))
    #expect(!health.declare("state", "full"))
    #expect(health.declare("state", "read-only"))
    #expect(health.troubles.map(\.message) == ["read-only"])
    #expect(health.clear("state"))
    #expect(!health.clear("state"))
    #expect(!health.isDegraded)
  }
}
