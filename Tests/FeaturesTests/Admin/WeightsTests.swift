import Kit
import Matching
import Store
import TandemTesting
import Testing
import Web

@testable import Features

@Suite("Weights of matching")
struct WeightsTests {
  /// The form with these numbers and no points for anything else.
  private static func parts(_ skillFit: Int, _ soon: Int, _ fairLoad: Int) -> KeyValuePairs<String, String> {
    [
      "skill_fit": "\(skillFit)", "soon": "\(soon)", "fair_load": "\(fairLoad)", "answers": "0", "rating": "0", "language": "0",
      "crossing": "0", "new_faces": "0",
    ]
  }

  private static let soonOnly = "skill_fit=0&soon=1000&fair_load=0&answers=0&rating=0&language=0&crossing=0&new_faces=0"

  @Test("weights are kept, scaled to 1000, logged, and decide the order of the mentors", arguments: Databases.each)
  func keeping(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      let ask = try await scene.ask()
      let omar = try await scene.browser(.omar)
      let before = try await scene.cards(ask)
      #expect(before.first?.reasons.first { $0.label == "Skill fit" }?.maximum == 420)
      // As the page sends it: with the ask they were tried on.
      let saved = try await omar.post(
        "/admin/matching",
        [
          "skill_fit": "600", "soon": "300", "fair_load": "300", "answers": "0", "rating": "0", "language": "0", "crossing": "0",
          "new_faces": "0", "ask": "\(ask)",
        ])
      #expect(saved.status == 303 && saved.location == "/admin/matching?ask=\(ask)")
      let page = try await omar.getJSON("/admin/matching")
      #expect(page.json["weights"]["skill_fit"].number == 500 && page.json["weights"]["soon"].number == 250)
      #expect(page.json["is_standard"].flag == false)
      #expect(try await scene.cards(ask).first?.reasons.first { $0.label == "Skill fit" }?.maximum == 500)
      let log = try await omar.getJSON("/admin/audit?kind=organisation")
      #expect(log.json["items"][0]["what"].text == "Organisation weights set")
      // What else the organisation decided stays, and so do the weights when it decides anew.
      let name = try await omar.post("/admin/organisation", ["name": "Northwind", "zone": "Europe/Berlin", "late_cancel_hours": "7"])
      #expect(name.status == 303)
      try #expect(await omar.getJSON("/admin/matching").json["weights"]["skill_fit"].number == 500)
      try #expect(await omar.post("/admin/matching/reset").status == 303)
      try #expect(await omar.getJSON("/admin/matching").json["is_standard"].flag == true)
      try #expect(await scene.cards(ask).map(\.points) == before.map(\.points))
    }
  }

  @Test("nothing but noughts, and numbers out of range, are refused with what was typed", arguments: Databases.each)
  func refusing(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let omar = try await scene.browser(.omar)
      let refused = try await omar.post("/admin/matching", Self.parts(0, 0, 0))
      #expect(refused.status == 422 && refused.body.contains("At least one factor must count."))
      let outside = try await omar.post("/admin/matching", Self.parts(-5, 1001, 7))
      #expect(
        outside.status == 422 && outside.body.contains("Skill fit: Give at least 0.") && outside.body.contains("Soon: Give at most 1000."))
      let strange = try await omar.post("/admin/matching", ["skill_fit": "-1", "ask": "none"])
      #expect(strange.status == 422 && strange.body.contains("Skill fit: Give at least 0."))
      #expect(["-5", "1001", "7"].allSatisfy { outside.body.contains("value=\"\($0)\"") })
      try #expect(await omar.getJSON("/admin/matching").json["is_standard"].flag == true)
    }
  }

  @Test("a look at other weights shows places and points before and after, adds up, and saves nothing", arguments: Databases.each)
  func preview(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      // Cleo knows less than Ada wants for Ben, and has an hour sooner.
      try await scene.do(.ada, SetAvailability.lateInTheWeek)
      let ask = try await scene.ask()
      let omar = try await scene.browser(.omar)
      let same = try await omar.getJSON("/admin/matching").json["preview"]
      #expect(same["changes"][0].text == "These are the weights in use. Change a number to see what it moves.")
      let page = try await omar.getJSON("/admin/matching?ask=\(ask)&\(Self.soonOnly)")
      let preview = page.json["preview"]
      #expect(preview["mentors"].count == 2)
      for (side, total) in [("before", "points_before"), ("after", "points_after")] {
        for mentor in preview["mentors"].items {
          let factors = mentor["factors"].items.reduce(0) { $0 + ($1[side].number ?? 0) }
          // The one boost of somebody who was never offered an ask has no weight.
          #expect(factors + 40 == mentor[total].number)
        }
      }
      #expect(preview["mentors"][0]["factors"].items.filter { $0["after"].number != 0 }.map { $0["factor"].text } == ["soon"])
      #expect(page.json["weights"]["skill_fit"].number == 420)
      let html = try await omar.get("/admin/matching?ask=\(ask)&\(Self.soonOnly)")
      #expect(html.body.contains(" → ") && html.body.contains("What they would change"))
      for factor in Factor.weighted { #expect(html.body.contains("name=\"\(factor.word)\" type=\"number\"")) }
      #expect(html.body.contains("name=\"ask\"") && html.body.contains("value=\"\(ask)\" selected"))
      try #expect(await omar.getJSON("/admin/matching").json["is_standard"].flag == true)
    }
  }

  @Test("a look at numbers that cannot be taken keeps them, with the fault beside each", arguments: Databases.each)
  func faults(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      let ask = try await scene.ask()
      let omar = try await scene.browser(.omar)
      let page = try await omar.get("/admin/matching?ask=\(ask)&skill_fit=5000&soon=-1&fair_load=1.5&answers=&rating=70")
      #expect(page.status == 200)
      for fault in ["Give at most 1000.", "Give at least 0.", "Give a whole number."] {
        #expect(page.body.contains("-error\">\(fault)</span>"), "\(fault)")
      }
      for typed in ["5000", "-1", "1.5", "90", "70"] { #expect(page.body.contains("value=\"\(typed)\""), "\(typed)") }
      #expect(page.body.contains("A number above cannot be taken. The preview shows the weights in use."))
      #expect(page.body.contains("These are the weights in use."))
    }
  }

  @Test("neither who asked nor their words are shown, and no ask of another organisation", arguments: Databases.each)
  func privacy(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.openForMentoring()
      let ask = try await scene.ask()
      try await scene.teach(.otto, level: 5)
      let foreign = try await scene.ask(.olga)
      let omar = try await scene.browser(.omar)
      for path in ["/admin/matching", "/admin/matching?ask=\(ask)", "/admin/matching?ask=\(foreign)"] {
        for body in [try await omar.get(path).body, try await omar.getJSON(path).body] {
          #expect(!body.contains("Ben Learner") && !body.contains("in front of the board") && !body.contains("Othermarker"))
          #expect(!body.contains("\(scene.id(.ben))") && !body.contains("\(foreign)"))
        }
      }
      try #expect(await omar.getJSON("/admin/matching?ask=\(foreign)").json["preview"]["ask"].text == "\(ask)")
    }
  }

  @Test("without asks the page says so and still saves", arguments: Databases.each)
  func empty(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let omar = try await scene.browser(.omar)
      let page = try await omar.get("/admin/matching")
      #expect(page.status == 200 && page.body.contains("No asks yet") && !page.body.contains("Try them on an ask"))
      try #expect(await omar.post("/admin/matching", Self.parts(0, 1000, 0)).status == 303)
    }
  }

  @Test("the parts are scaled to exactly 1000 in the same proportions")
  func scaling() {
    for parts in [[1, 1, 1, 0, 0, 0, 0, 0], [420, 160, 110, 90, 70, 60, 50, 40], [1000, 1000, 1000, 1000, 1000, 1000, 1000, 3]] {
      let weights = WeightParts(parts).weights
      let kept = Factor.weighted.map { weights?[$0] ?? 0 }
      #expect(kept.reduce(0, +) == 1000)
      let sum = parts.reduce(0, +)
      for (part, value) in zip(parts, kept) { #expect(abs(value * sum - part * 1000) < sum) }
    }
    #expect(WeightParts([0, 0, 0, 0, 0, 0, 0, 0]).weights == nil)
  }
}

extension SetAvailability {
  static var lateInTheWeek: SetAvailability {
    var hours = SetAvailability()
    hours.weekly = [.init(weekday: .friday, from: "15:00", to: "17:00")]
    return hours
  }
}
