import Testing

@testable import Features

@Suite("Whether a goal is worded well")
struct SmartCheckTests {
  private func check(
    _ title: String = "Lead the planning meeting of my team", measure: String = "The meeting ends on time", target: String = "3 of 4",
    why: String = "It is the next step", months: Int = 6, days: Int = 180, levels: [(from: Int, to: Int)] = [(2, 4)]
  ) -> [String: Bool] {
    let check = SmartCheck(
      SmartCheck.Draft(title: title, measure: measure, target: target, why: why, months: months, days: days, levels: levels))
    return Dictionary(uniqueKeysWithValues: check.points.map { ($0.name, $0.isMet) })
  }

  @Test("a goal that says what, how much, by when and why meets all five rules")
  func good() {
    #expect(check().values.allSatisfy { $0 })
  }

  @Test("a wish is not specific")
  func wish() {
    #expect(check("Become better at work")["Specific"] == false)
    #expect(check("Improve my skills")["Specific"] == false)
  }

  @Test("a target without a number or a word of count is not measurable")
  func unmeasured() {
    #expect(check(measure: "People are happier", target: "much happier")["Measurable"] == false)
    #expect(check(measure: "People are happier", target: "every week")["Measurable"] == true)
  }

  @Test("three levels are steep for half a year and fair for a year; more than three skills are too many")
  func steep() {
    #expect(check(levels: [(1, 4)])["Achievable"] == false)
    #expect(check(months: 12, levels: [(1, 4)])["Achievable"] == true)
    #expect(check(levels: [(1, 2), (1, 2), (1, 2), (1, 2)])["Achievable"] == false)
  }

  @Test("a date next week or in two years is no date for a goal", arguments: [(5, false), (14, true), (400, true), (401, false)])
  func dated(_ days: Int, _ isMet: Bool) {
    #expect(check(days: days)["Dated"] == isMet)
  }
}
