import Kit
import Testing

@testable import Features

@Suite("Deadlines of offers")
struct OfferDeadlineTests {
  private func at(_ text: String) -> Instant { Instant(text) ?? Instant(microseconds: 0) }

  @Test("short deadlines run by the clock")
  func minutes() {
    let sent = at("2026-11-23T08:00:00Z")
    #expect(OfferDeadline.due(sent: sent, hours: 0.17, zone: Zones.zone("Europe/Berlin")) == at("2026-11-23T08:10:12Z"))
    #expect(OfferDeadline.reminder(sent: sent, hours: 0.17, zone: .utc) == nil)
  }

  @Test("days are working days of the mentor, at the same time of their clock")
  func workingDays() {
    let berlin = Zones.zone("Europe/Berlin")
    #expect(OfferDeadline.due(sent: at("2026-11-23T08:00:00Z"), hours: 72, zone: berlin) == at("2026-11-26T08:00:00Z"))
    #expect(OfferDeadline.due(sent: at("2026-11-27T08:00:00Z"), hours: 24, zone: berlin) == at("2026-11-30T08:00:00Z"))
    // The clocks go back on 25 October: 09:00 stays 09:00.
    #expect(OfferDeadline.due(sent: at("2026-10-23T07:00:00Z"), hours: 24, zone: berlin) == at("2026-10-26T08:00:00Z"))
  }

  @Test("one reminder comes a working day before the end")
  func reminder() {
    #expect(OfferDeadline.reminder(sent: at("2026-11-23T08:00:00Z"), hours: 72, zone: .utc) == at("2026-11-25T08:00:00Z"))
    #expect(OfferDeadline.reminder(sent: at("2026-11-23T08:00:00Z"), hours: 24, zone: .utc) == nil)
  }
}
