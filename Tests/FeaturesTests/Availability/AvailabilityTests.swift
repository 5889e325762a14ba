import Kit
import Scheduling
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
      #expect(refused.body.contains("17:45") && refused.body.contains("On Friday give both ends, or leave both empty."))
      let again = try await ada.post(
        "/you/availability",
        [
          "weekly.0.weekday": "monday", "weekly.0.from": "", "weekly.0.to": "", "weekly.1.weekday": "monday", "weekly.1.from": "15:00",
          "weekly.1.to": "",
        ])
      #expect(again.status == 422 && again.body.contains("<details open><summary>Another window<span class=\"hidden\"> on Monday"))
      #expect(!again.body.contains("<details open><summary>Another window<span class=\"hidden\"> on Tuesday"))
      try await #expect(ada.getJSON("/you/availability").json["weekly"].count == 2)
    }
  }

  @Test("the preview names the next ten half hours in two zones", arguments: Databases.each)
  func preview(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let page = try await scene.browser(.ada).getJSON("/you/availability").json
      #expect(page["preview"]["slots"].count == 10)
      #expect(page["preview"]["slots"][0]["start"]["text"].text == "Tue 24 Nov, 12:00")
      #expect(page["preview"]["slots"][0]["theirs"].text?.contains("time") == true)
      try await scene.do(.ada, UsePreset(preset: .asked))
      try await #expect(scene.browser(.ada).get("/you/availability").body.contains("nobody can book you"))
    }
  }

  @Test("a preset can be taken back: the week before stands again as it was", arguments: Databases.each)
  func undo(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let week: [SetAvailability.Window] = [
        .init(weekday: .monday, from: "09:00", to: "11:30"), .init(weekday: .monday, from: "14:00", to: "16:00"),
        .init(weekday: .sunday, from: "22:00", to: "01:00"),
      ]
      try await scene.do(.ada, SetAvailability(weekly: week, weeklyMinutes: 90))
      let ada = try await scene.browser(.ada)
      let before = try await ada.getJSON("/you/availability").json
      let done = try await ada.post("/you/availability/preset", ["preset": "asked"])
      try await #expect(ada.follow(done).body.contains("week=1-540-690.1-840-960.7-1320-60"))
      try await #expect(ada.getJSON("/you/availability").json["weekly"].count == 0)
      let path = try #require(try await scene.do(.ada, UsePreset(preset: .lunch)).former)
      #expect(path == "/you/availability/preset?preset=lunch&week=none")
      let back = try await ada.post("/you/availability/preset?preset=asked&week=1-540-690.1-840-960.7-1320-60")
      #expect(back.status == 303)
      try await #expect(ada.follow(back).body.contains("Your week is as it was."))
      let after = try await ada.getJSON("/you/availability").json
      let text = { (page: JSONLook) in
        page["weekly"].items.map { "\($0["weekday"].text ?? "") \($0["from"].text ?? "")-\($0["to"].text ?? "")" }
      }
      #expect(text(after) == text(before) && text(after).count == 3 && after["weekly_minutes"].number == 90)
      for week in ["1-540", "8-540-600", "1-540-540", "1-540-1440"] {
        try await #expect(ada.post("/you/availability/preset?preset=asked&week=\(week)").status == 422, "\(week)")
      }
    }
  }

  @Test("one long day hides no later ones, and what is too soon for a mentee is not shown", arguments: Databases.each)
  func severalDays(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      var hours = SetAvailability()
      hours.weekly = [.monday, .wednesday, .thursday].map { .init(weekday: $0, from: "06:00", to: "22:00") }
      hours.noticeMinutes = 1440
      try await scene.do(.ada, hours)
      let page = try await scene.browser(.ada).getJSON("/you/availability").json
      let starts = page["preview"]["slots"].items.compactMap { $0["start"]["text"].text }
      let days = starts.map { String($0.prefix { $0 != "," }) }
      #expect(days.count == 10 && Set(days) == ["Wed 25 Nov", "Thu 26 Nov", "Mon 30 Nov"], "\(starts)")
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
      let starts = page["preview"]["slots"].items.compactMap { $0["start"]["text"].text }
      #expect(starts.prefix(3) == ["Wed 25 Nov, 09:00", "Wed 25 Nov, 09:15", "Wed 25 Nov, 09:30"])
      #expect(starts.dropFirst(3).first == "Mon 30 Nov, 12:00")
      let id = try #require(page["exceptions"][0]["id"].text)
      try await #expect(scene.browser(.cleo).post("\(path)/\(id)/remove").status == 404)
      try await #expect(ada.post("\(path)/\(id)/remove").status == 303)
      try await #expect(ada.getJSON("/you/availability").json["preview"]["slots"][0]["start"]["text"].text == "Tue 24 Nov, 12:00")
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
            // A number that nobody has yet, so that all are read.
            let wanted = (hosts + [guest]).map { KnownTimes.Wanted(person: $0, version: Int64(hosts.count), zone: "Europe/Berlin") }
            try #expect(PersonTime.known(wanted, org: org, tx, world).count == hosts.count + 1)
          }
        }.count
      }
      let few = try await cost(Array(many.prefix(3)))
      try await #expect(cost(many) == few)
    }
  }

  @Test("the preview is made for a mentee in any zone", arguments: Databases.each)
  func seenFrom(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let page = try await scene.browser(.ada).getJSON("/you/availability?seen_from=Asia/Kathmandu").json
      #expect(page["preview"]["slots"][0]["theirs"].text?.hasPrefix("Tue 24 Nov, 16:45") == true)
      try await #expect(scene.browser(.ada).get("/you/availability?seen_from=Mars/X").status == 422)
    }
  }

  @Test("a day off with extra hours has those alone, other times with extra hours both", arguments: Databases.each)
  func offAndExtra(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.do(.ada, SetAvailability(weekly: [.init(weekday: .tuesday, from: "09:00", to: "17:00")]))
      for date in ["2026-11-24", "2026-12-01"] {
        try await scene.do(.ada, AddException(kind: .extra, first: date, from: "08:00", to: "08:30"))
      }
      try await scene.do(.ada, AddException(kind: .off, first: "2026-11-24"))
      try await scene.do(.ada, AddException(kind: .windows, first: "2026-12-01", from: "13:00", to: "14:00"))
      let (org, ada) = (scene.org, scene.id(.ada))
      let rules = try await scene.store.read { tx in try AvailabilityRules.of(ada, org: org, tx) }
      let windows = rules.exceptions.map { exception in
        exception.windows.map { DisplayTime.time($0.from) + "-" + DisplayTime.time($0.to) }.sorted()
      }
      #expect(windows == [["08:00-08:30"], ["08:00-08:30", "13:00-14:00"]], "\(windows)")
    }
  }

  @Test("extra hours come on top of the week; a pause ends giving time and not getting it", arguments: Databases.each)
  func extraAndPause(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      try await scene.do(.ada, AddException(kind: .extra, first: "2026-11-24", from: "17:00", to: "18:00"))
      _ = try await scene.book(at: scene.noon(1))
      _ = try await scene.book(.ravi, at: scene.noon(1) + .hours(5))
      let ada = try await scene.browser(.ada)
      try await #expect(ada.post("/you/availability/pause", ["until": "2026-11-20"]).status == 422)
      try await #expect(ada.post("/you/availability/pause", ["until": "2026-11-30"]).status == 303)
      await #expect(code { _ = try await scene.book(.ravi, at: scene.noon(2)) } == "slot_taken")
      try await #expect(ada.get("/you/availability").body.contains("You are paused until Mon 30 Nov 2026"))
      _ = try await scene.book(.mara, at: scene.noon(7))
      try await scene.do(.cleo, SetAvailability(weekly: [.init(weekday: .wednesday, from: "06:00", to: "07:00")]))
      _ = try await scene.book(.ada, with: .cleo, at: scene.noon(2))
      try await #expect(ada.post("/you/availability/pause/end").status == 303)
      _ = try await scene.book(.ravi, at: scene.noon(3))
    }
  }

  @Test("a change of zone asks whether clock times or moments stay", arguments: Databases.each)
  func zone(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.do(.ada, SetAvailability(weekly: [.init(weekday: .tuesday, from: "22:00", to: "01:00")]))
      let ada = try await scene.browser(.ada)
      try await #expect(ada.getJSON("/you/availability").json["zone_change"]["before"].text == nil)
      func move(to zone: String) async throws {
        let (org, person) = (scene.org, scene.id(.ada))
        _ = try await scene.store.write { tx in
          try tx.run("UPDATE person SET zone = \(zone) WHERE org_id = \(org) AND id = \(person)")
        }
      }
      try await move(to: "Asia/Kolkata")
      try await #expect(ada.get("/you/availability").body.contains("Make it Wednesday 02:30–05:30"))
      try await #expect(ada.post("/you/availability/zone", ["keep": "wall"]).status == 303)
      try await #expect(ada.getJSON("/you/availability").json["weekly"][0]["from"].text == "22:00")
      try await move(to: "Europe/Berlin")
      try await #expect(ada.post("/you/availability/zone", ["keep": "moments"]).status == 303)
      let page = try await ada.getJSON("/you/availability").json
      #expect(page["weekly"][0]["weekday"].text == "tuesday" && page["weekly"][0]["from"].text == "17:30")
      #expect(page["weekly"][0]["to"].text == "20:30" && page["zone_change"]["before"].text == nil)
    }
  }

  @Test("only the lengths a mentor gives are offered and held", arguments: Databases.each)
  func lengths(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.do(.ada, SetAvailability(weekly: [.init(weekday: .tuesday, from: "12:00", to: "13:00")], lengths: [45, 15]))
      let ben = try await scene.browser(.ben)
      let page = try await ben.getJSON("/sessions/new?mentor=\(scene.id(.ada))").json
      #expect(page["lengths"].count == 2 && page["minutes"].number == 15)
      await #expect(
        code { try await scene.do(.ben, HoldSlot(mentor: scene.id(.ada), start: scene.noon(), minutes: 30)) } == "invalid")
      try await scene.do(.ben, HoldSlot(mentor: scene.id(.ada), start: scene.noon(), minutes: 45))
    }
  }
}
