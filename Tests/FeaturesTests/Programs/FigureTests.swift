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
      asker: ID(person), openedAt: Instant(seconds: 100), isWaiting: false, hasExpired: false, wasOffered: offered, wasBooked: booked,
      wasMet: met, wasAnswered: answered)
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
    #expect(funnel.finding == "The largest loss is between “Offered” and “Booked or answered in writing”: 3 of 6.")
  }

  @Test("shares are rounded to the nearest everywhere, and nothing is all that is not all")
  func rounding() {
    #expect(KPIValue.percent(47, of: 48) == 98)
    #expect(KPIValue.percent(43, of: 48) == 90)
    #expect(KPIValue.percent(299, of: 300) == 99)
    #expect(KPIValue.percent(300, of: 300) == 100)
    #expect(KPIValue.percent(0, of: 300) == 0)
    #expect(KPIValue.percent(0, of: 0) == 0)
    let asks = (1...48).map { ask($0, offered: $0 > 1, booked: $0 > 1, met: $0 > 1, answered: $0 > 1) }
    let funnel = Funnel(asks, lastNoted: [:], csvHref: "")
    #expect(funnel.steps[1].share == "98 %" && funnel.steps[1].percent == 98)
    #expect(funnel.steps[2].share == "100 %")
  }

  @Test("the file of figures has numbers a spreadsheet reckons with, their unit and window, and nothing where a figure is withheld")
  func file() {
    let values: [KPIValue] = [.share(.coverage, 43, of: 48, note: "asks met or answered"), .withheld(.retention)]
    let lines = KPIFile.file(values, from: "2026-08-25", until: "2026-11-23").csv.split(separator: "\r\n")
    #expect(lines.count == 3)
    #expect(lines[0].hasSuffix("Figure,Number,Unit,Low,High,n,From,Until,Value,Interval,Note,Definition"))
    #expect(lines[1].hasPrefix("Coverage,89.58,%,77.83,95.47,48,2026-08-25,2026-11-23,\"90 %\",\"95 % interval 78 to 95 %\","))
    #expect(lines[2].hasPrefix("Retention,,%,,,,2026-08-25,2026-11-23,,,\"Fewer than 5 people: not shown.\","))
    #expect(KPIValue.withheld(.retention).value == "–")
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
    let totals = [
      DepartmentTotal(department: "Plant", sessions: 48, people: 13, crossing: 13),
      DepartmentTotal(department: "Sales", sessions: 19, people: 8, crossing: 0),
    ]
    let matrix = try #require(DepartmentMatrix(flows, totals: totals, csvHref: ""))
    let texts = matrix.rows.flatMap { $0.cells.map(\.text) }
    #expect(texts == ["–", "41", "0", "–"])
    #expect(matrix.caption.contains("fewer than five people"))
    #expect(matrix.finding == "72 % of sessions crossed departments.")
    #expect(!matrix.table.csv.contains("7"))
    #expect(DepartmentMatrix([], totals: [], csvHref: "") == nil)
  }

  @Test("where hardly any cell can be shown the sums by department stand instead, and keep the rule")
  func sums() throws {
    let departments = ["IT", "Plant", "Sales", "Stores"]
    let flows = departments.flatMap { from in
      departments.map { SessionFlow(learners: from, mentors: $0, sessions: 3, people: from == "Stores" ? 1 : 2) }
    }
    let totals = departments.map { DepartmentTotal(department: $0, sessions: 12, people: $0 == "Stores" ? 2 : 6, crossing: 2) }
    let matrix = try #require(DepartmentMatrix(flows, totals: totals, csvHref: ""))
    #expect(matrix.columns.map(\.label) == ["Sessions"])
    #expect(matrix.rows.map(\.label) == departments)
    #expect(matrix.rows.map { $0.cells[0].text } == ["–", "12", "12", "–"])
    #expect(matrix.table.csv.contains("Stores,,\"Empty: fewer than five people"))
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
