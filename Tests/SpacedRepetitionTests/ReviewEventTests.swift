import Foundation
import SpacedRepetition
import Testing

@Suite("Events")
struct ReviewEventTests {
  private let minute: Int64 = 60_000_000

  @Test("a clock that is wrong by more than two minutes is corrected, never past the arrival")
  func correction() {
    let at: Int64 = 1_767_265_200_000_000
    let corrected = { (answered: Int64, sent: Int64, received: Int64) in
      ReviewEvent.correctedTime(answeredAt: answered, sentAt: sent, receivedAt: received)
    }
    #expect(corrected(at, at + minute, at + 3 * minute) == at, "two minutes are tolerated")
    #expect(corrected(at, at + minute, at + 3 * minute + 1) == at + 2 * minute + 1)
    #expect(corrected(at, at + minute, at - 59 * minute) == at - 60 * minute, "a clock an hour ahead")
    #expect(corrected(at, at - minute, at - 2 * minute) == at - 2 * minute, "never later than received")
    #expect(corrected(.max, .min, .max) == .max)
    #expect(corrected(.min, .max, .min) == .min)
  }

  @Test("ids read and write as UUIDs and order as their bytes")
  func ids() throws {
    let text = "018f2b6a-7c3d-7e10-9a4b-0123456789ab"
    let id = try #require(EventID(text))
    #expect(id.description == text)
    #expect(EventID(text.uppercased()) == id)
    #expect(EventID(bytes: id.bytes) == id)
    #expect(id.bytes.first == 0x01 && id.bytes.last == 0xab)
    #expect(EventID(high: 1, low: .max) < EventID(high: 2, low: 0))
    #expect(EventID(high: 1, low: 1) < EventID(high: 1, low: 2))
  }

  @Test(
    "anything else is no id",
    arguments: [
      "", "018f2b6a7c3d7e109a4b0123456789ab", "018f2b6a-7c3d-7e10-9a4b-0123456789ag", "018f2b6a-7c3d-7e10-9a4b-0123456789abc",
      "018f2b6a_7c3d_7e10_9a4b_0123456789ab", "ü18f2b6a-7c3d-7e10-9a4b-0123456789a",
    ])
  func noID(text: String) {
    #expect(EventID(text) == nil)
    #expect(EventID(bytes: Array(text.utf8.prefix(15))) == nil)
  }

  @Test("stored events come back the same")
  func coding() throws {
    var random = SeededGenerator(seed: 14)
    for _ in 0..<100 {
      let events = random.events(card: 5)
      try #expect(JSONDecoder().decode([ReviewEvent].self, from: JSONEncoder().encode(events)) == events)
    }
    #expect(throws: (any Error).self) { try JSONDecoder().decode([EventID].self, from: Data(#"["x"]"#.utf8)) }
  }
}
