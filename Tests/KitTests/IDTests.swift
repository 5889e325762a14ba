import Foundation
import Kit
import Synchronization
import Testing

@Suite("Identities")
struct IDTests {
  private static let now = Instant(seconds: 1_800_000_000)

  @Test("text and number are each other's inverse", arguments: [0, 1, 31, 32, 1_234_567_890_123, Int64.max - 1, .max])
  func inverse(_ value: Int64) {
    let text = ID<Person>(value).description
    #expect(text.count == 13)
    #expect(ID<Person>(text)?.value == value)
    #expect(ID<Person>(text.lowercased())?.value == value)
  }

  @Test("known numbers have known texts")
  func known() {
    #expect(Crockford.encode(0) == "0000000000000")
    #expect(Crockford.encode(31) == "000000000000Z")
    #expect(Crockford.encode(.max) == "7ZZZZZZZZZZZZ")
    #expect(Crockford.encode(32 * 32 + 17) == "000000000010H")
  }

  @Test("look-alikes are read as the digits they look like")
  func lookAlikes() {
    #expect(Crockford.decode("OOOOOOOOOOOIL") == 33)
    #expect(Crockford.decode("ooooooooooo1i") == 33)
  }

  @Test(
    "other text is no identity",
    arguments: ["", "0", "00000000000000", "000000000000U", "8000000000000", "000000000000-", "00000000000é", "💥💥💥💥"])
  func refused(_ text: String) {
    #expect(ID<Person>(text) == nil)
  }

  @Test("identities of one world rise, within a millisecond and when the clock goes back")
  func rising() {
    let clock = Mutex(Self.now)
    let world = World(now: { clock.withLock { $0 } }, random: { .max })
    var last = ID<Person>(0)
    for step in 0..<2000 {
      clock.withLock { $0 = Self.now + .seconds(step % 7 - 3) }
      let next = world.id(Person.self)
      #expect(next > last)
      last = next
    }
  }

  @Test("texts sort as times do, because a later millisecond is a greater number")
  func order() {
    let clock = Mutex(Self.now)
    let world = World(now: { clock.withLock { $0 } }, random: { 0 })
    let early = world.id(Person.self)
    clock.withLock { $0 += .days(3650) }
    let late = world.id(Person.self)
    #expect(early.description < late.description)
    #expect(late.value >> 21 - early.value >> 21 == 3650 * 86_400_000)
  }

  @Test("JSON holds the text")
  func json() throws {
    let id = ID<Person>(33)
    let data = try JSONEncoder().encode([id])
    #expect(String(decoding: data, as: UTF8.self) == "[\"0000000000011\"]")
    try #expect(JSONDecoder().decode([ID<Person>].self, from: data) == [id])
    #expect(throws: DecodingError.self) { try JSONDecoder().decode([ID<Person>].self, from: Data("[33]".utf8)) }
  }
}
