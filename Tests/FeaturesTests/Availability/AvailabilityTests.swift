import Kit
import Store
import TandemTesting
import Testing
import Web

@testable import Features

@Suite struct AvailabilityTests {
  @Test(
    "the editor saves windows as plain fields, leaves empty rows out and keeps what was typed when it refuses", arguments: Databases.each)
  func editor(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let ada = try await scene.browser(.ada)
      let saved = try await ada.post(
        "/you/availability",
        [
          "weekly.0.weekday": "monday", "weekly.0.from": "12:00", "weekly.0.to": "13:00", "weekly.1.weekday": "monday", "weekly.1.from": "",
          "weekly.1.to": "", "weekly.2.weekday": "tuesday", "weekly.2.from": "22:00", "weekly.2.to": "01:00", "weekly_minutes": "120",
          "sessions_per_day": "", "buffer_before": "5", "buffer_after": "10", "notice_minutes": "60", "horizon_days": "30",
        ])
      #expect(saved.status == 303)
      let json = try await ada.getJSON("/you/availability").json
      #expect(json["weekly"].count == 2)
      #expect(json["weekly"][1]["weekday"].text == "tuesday" && json["weekly"][1]["to"].text == "01:00")
      #expect(json["weekly_minutes"].number == 120 && json["buffer_after"].number == 10 && json["sessions_per_day"].number == nil)
      let refused = try await ada.post("/you/availability", ["weekly.0.weekday": "friday", "weekly.0.from": "17:45", "weekly.0.to": ""])
      #expect(refused.status == 422)
      #expect(refused.body.contains("17:45") && refused.body.contains("Give both ends, or leave both empty."))
      try await #expect(ada.getJSON("/you/availability").json["weekly"].count == 2)
    }
  }

  @Test("the preview names the next six half hours in two zones", arguments: Databases.each)
  func preview(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let page = try await scene.browser(.ada).getJSON("/you/availability").json
      #expect(page["preview"].count == 6)
      #expect(page["preview"][0]["start"]["text"].text == "Tue 24 Nov, 12:00")
      #expect(page["preview"][0]["elsewhere"].text?.contains("time") == true)
      try await scene.do(.ada, UsePreset(preset: .asked))
      try await #expect(scene.browser(.ada).get("/you/availability").body.contains("nobody can book you"))
    }
  }

  @Test("away, a day off and other times on a date hold before the week", arguments: Databases.each)
  func exceptions(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let ada = try await scene.browser(.ada)
      let path = "/you/availability/exceptions"
      try await #expect(ada.post(path, ["kind": "off", "first": "2026-11-24"]).status == 303)
      try await #expect(ada.post(path, ["kind": "windows", "first": "2026-11-25", "from": "09:00", "to": "10:00"]).status == 303)
      try await #expect(ada.post(path, ["kind": "away", "first": "2026-11-26", "last": "2026-11-27"]).status == 303)
      try await #expect(ada.post(path, ["kind": "away", "first": "2026-11-26", "last": "2026-11-25"]).status == 422)
      try await #expect(ada.post(path, ["kind": "windows", "first": "2026-11-25"]).status == 422)
      let page = try await ada.getJSON("/you/availability").json
      let starts = page["preview"].items.compactMap { $0["start"]["text"].text }
      #expect(starts.prefix(3) == ["Wed 25 Nov, 09:00", "Wed 25 Nov, 09:15", "Wed 25 Nov, 09:30"])
      #expect(starts.dropFirst(3).first == "Mon 30 Nov, 12:00")
      let id = try #require(page["exceptions"][0]["id"].text)
      try await #expect(scene.browser(.cleo).post("\(path)/\(id)/remove").status == 404)
      try await #expect(ada.post("\(path)/\(id)/remove").status == 303)
      try await #expect(ada.getJSON("/you/availability").json["preview"][0]["start"]["text"].text == "Tue 24 Nov, 12:00")
    }
  }

  @Test("one search reads many mentors in a fixed number of statements", arguments: Databases.each)
  func statements(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let many = try await scene.crowd(30).map(\.person)
      let (org, guest, world) = (scene.org, scene.id(.ben), scene.world)
      func cost(_ hosts: [ID<Person>]) async throws -> Int {
        try await scene.statements {
          try await scene.store.read { tx in
            _ = try PersonTime.nextFree(hosts: hosts, guest: guest, minutes: 30, from: world.now(), count: 3, org: org, tx, world)
          }
        }.count
      }
      let few = try await cost(Array(many.prefix(3)))
      try await #expect(cost(many) == few)
    }
  }
}
