import Kit
import Synchronization
import Testing

@Suite("Chance")
struct WorldTests {
  private static func world(_ draws: [UInt64]) -> World {
    let rest = Mutex(draws[...])
    return World(now: { Instant(seconds: 0) }, random: { rest.withLock { $0.popFirst() ?? 0 } })
  }

  @Test("as many bytes as asked for", arguments: [0, 1, 7, 8, 9, 32])
  func bytes(_ count: Int) {
    #expect(Self.world([.max, .max, .max, .max]).bytes(count) == [UInt8](repeating: 255, count: count))
  }

  @Test("a draw that would favour small numbers is thrown away")
  func unbiased() {
    #expect(Self.world([.max, .max - 1, 11]).number(below: 10) == 1)
    #expect(Self.world([.max, 7]).number(below: 1 << 63) == 7)
  }

  @Test("every number below the bound can come, and no other")
  func range() {
    let world = Self.world((0..<60).map { $0 })
    var counts = [0, 0, 0, 0, 0, 0]
    for _ in 0..<60 { counts[Int(world.number(below: 6))] += 1 }
    #expect(counts == [10, 10, 10, 10, 10, 10])
    #expect(Self.world([5]).number(below: 0) == 0)
  }
}
