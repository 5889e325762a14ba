import Interchange
import Kit
import Matching
import Testing

@testable import Features

@Suite("Figures against hand-computed histories")
struct FigureTests {
  @Test("the mean of 5 4 4 3 5 is 4.2 with a t interval of 3.16 to 5.24, cut at 5")
  func mean() throws {
    let interval = try #require(Confidence.mean(n: 5, sum: 21, squares: 91))
    #expect(abs(interval.low - 3.161) < 0.001)
    #expect(abs(interval.high - 5.239) < 0.001)
    let value = KPIValue.mean(.quality, n: 5, sum: 21, squares: 91)
    #expect(value.value == "4.2 of 5")
    #expect(value.interval == "95 % interval 3.2 to 5.0")
    #expect(value.n == 5)
    #expect(Confidence.mean(n: 1, sum: 5, squares: 25) == nil)
  }

  @Test("the interval of 7 of 10 is Wilson's: 39.7 to 89.2 %")
  func share() throws {
    let interval = try #require(Confidence.share(7, of: 10))
    #expect(abs(interval.low - 0.3968) < 0.0005)
    #expect(abs(interval.high - 0.8922) < 0.0005)
    #expect(Confidence.share(0, of: 0) == nil)
    #expect(abs((Confidence.share(10, of: 10)?.high ?? 0) - 1) < 1e-12)
  }

  @Test("the wait counts asks that were not met, and says nothing below ten asks")
  func wait() {
    let met = (1...9).map { Wait(minutes: $0 * 60, wasMet: true) }
    #expect(KPIValue.wait(met).value == "Cannot tell")
    let value = KPIValue.wait(met + [Wait(minutes: 6000, wasMet: false)])
    #expect(value.value == "5 h")
    #expect(value.note == "Nine in ten: 9 h")
    #expect(value.n == 10)
  }

  private func ask(_ person: Int64, offered: Bool = true, booked: Bool = true, met: Bool = true, answered: Bool = true) -> AskCohort {
    AskCohort(
      asker: ID(person), openedAt: Instant(seconds: 100), isWaiting: false, wasOffered: offered, wasBooked: booked, wasMet: met,
      wasAnswered: answered)
  }

  @Test("the funnel counts each ask up to the first step it missed and names the largest loss")
  func funnel() {
    let asks = [
      ask(1), ask(2), ask(3, answered: false), ask(4, booked: false, met: false, answered: false),
      ask(5, booked: false, met: false, answered: false), ask(6, booked: false, met: false, answered: false),
      ask(7, offered: false, booked: false, met: false, answered: false),
    ]
    let funnel = Funnel(asks, lastNoted: [ID(1): Instant(seconds: 200), ID(2): Instant(seconds: 50)], csvHref: "")
    #expect(funnel.steps.map(\.value) == [7, 6, 3, 3, 2, 1])
    #expect(funnel.finding == "The largest loss is between offered and booked: 3 of 6.")
  }

  @Test("a group under five is hidden, and so is one whose rest would be under five")
  func small() {
    #expect(!SmallGroups.shows(4))
    #expect(SmallGroups.shows(5))
    #expect(!SmallGroups.shows(8, of: 10))
    #expect(SmallGroups.shows(8, of: 13))
    #expect(SmallGroups.shows(8, of: 8))
  }

  @Test("one hidden cell takes the next smallest with it, so that the sum tells nothing")
  func subtraction() {
    #expect(SmallGroups.hidden([12, 3, 8]) == [1, 2])
    #expect(SmallGroups.hidden([12, 8]) == [])
    #expect(SmallGroups.hidden([3, 4, 20]) == [0, 1])
    #expect(SmallGroups.hidden([1, 2, 20, 9]) == [0, 1, 3])
  }

  @Test("the matrix shows no number of a cell with fewer than five learners")
  func matrix() throws {
    let flows = [
      SessionFlow(learners: "Plant", mentors: "Sales", sessions: 41, people: 12),
      SessionFlow(learners: "Plant", mentors: "IT", sessions: 7, people: 3),
      SessionFlow(learners: "Sales", mentors: "Sales", sessions: 19, people: 8),
    ]
    let matrix = try #require(DepartmentMatrix(flows, csvHref: ""))
    let texts = matrix.rows.flatMap { $0.cells.map(\.text) }
    #expect(texts == ["<5", "41", "0", "hidden"])
    #expect(!matrix.table.csv.contains("7"))
    #expect(DepartmentMatrix([], csvHref: "") == nil)
  }

  @Test("a text that a spreadsheet would run as a formula is written as text")
  func injection() {
    let table = ReportTable(
      caption: "", columns: ["Name", "n"], rows: [["=HYPERLINK(\"http://x\")", "3"], ["@SUM(1)", "4"]], numeric: [1])
    let lines = table.csv.split(separator: "\r\n")
    #expect(lines.count == 3)
    #expect(!lines[1].hasPrefix("=") && !lines[1].hasPrefix("\"="))
    #expect(!lines[2].hasPrefix("@"))
  }
}
