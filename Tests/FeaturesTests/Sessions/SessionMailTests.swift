import Kit
import Outside
import Store
import TandemTesting
import Testing
import Web

@testable import Features

@Suite struct SessionMailTests {
  private func subjects(_ scene: Scene, _ role: Scene.Role) -> [String] {
    scene.outbox.to("\(role.rawValue)@north.example").map(\.subject)
  }

  private func calendar(_ mail: Outside.Mail) -> String { mail.calendar?.text ?? "" }

  @Test("a booking tells both once, in their own zone and the other's, with the question and one calendar entry", arguments: Databases.each)
  func booked(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      _ = try await scene.book(.ravi)
      try await scene.work()
      #expect(subjects(scene, .ravi) == ["Booked: Tue 24 Nov, 16:30 with Ada Mentor"])
      #expect(subjects(scene, .ada) == ["Booked: Tue 24 Nov, 12:00 with Ravi Member"])
      let text = scene.outbox.to("ravi@north.example").first?.text ?? ""
      #expect(text.contains("16:30 your time") && text.contains("12:00 for Ada") && text.contains("How do I begin a talk?"))
    }
  }

  /// Incidents: reminders for cancelled or moved sessions, all at once, twice, never.
  @Test("a reminder goes out once a day before and an hour before, and none for what was moved or cancelled", arguments: Databases.each)
  func reminders(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let kept = try await scene.book(at: scene.noon(3))
      let moved = try await scene.book(.ravi, at: scene.noon(3, minutes: 30))
      let cancelled = try await scene.book(.mara, at: scene.noon(4))
      try await scene.do(.ada, MoveSession(session: moved, start: scene.noon(8)))
      try await scene.do(.mara, CancelSession(session: cancelled))
      try await scene.work()
      scene.outbox.clear()
      for hour in stride(from: 0, to: 24 * 5, by: 1) {
        scene.clock.set(scene.noon(0) + .hours(hour))
        try await scene.work()
      }
      #expect(
        subjects(scene, .ben).prefix(2) == ["Tomorrow: Thu 26 Nov, 12:00 with Ada Mentor", "In an hour: Thu 26 Nov, 12:00 with Ada Mentor"])
      #expect(subjects(scene, .ben).count == 3)
      #expect(subjects(scene, .ravi).isEmpty)
      #expect(subjects(scene, .mara).isEmpty)
      try await #expect(scene.session(kept).state == .booked)
    }
  }

  @Test("a session booked two hours ahead has no reminder of the day before", arguments: Databases.each)
  func pastReminder(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      try await scene.do(.ada, SetAvailability(weekly: [.init(weekday: .monday, from: "12:00", to: "13:00")], noticeMinutes: 0))
      _ = try await scene.book(at: scene.noon(0))
      try await scene.work()
      scene.outbox.clear()
      scene.clock.set(scene.noon(0) - .hours(1))
      try await scene.work()
      #expect(subjects(scene, .ben) == ["In an hour: Mon 23 Nov, 12:00 with Ada Mentor"])
    }
  }

  @Test("a cancellation tells both, and the mentee hears of the next free times", arguments: Databases.each)
  func cancelled(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let id = try await scene.book()
      try await scene.work()
      scene.outbox.clear()
      try await scene.do(.ada, CancelSession(session: id))
      try await scene.work()
      #expect(subjects(scene, .ben) == ["Cancelled: Tue 24 Nov, 12:00 with Ada Mentor"])
      #expect(scene.outbox.to("ben@north.example").first?.text.contains("Free next:") == true)
      #expect(scene.outbox.to("ada@north.example").first?.text.contains("Free next:") == false)
    }
  }

  @Test("a reason reaches the other alone, and the times offered lie in different halves of days", arguments: Databases.each)
  func reason(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let days: [DayOfWeek] = [.tuesday, .wednesday]
      let week = days.map { SetAvailability.Window(weekday: $0, from: "08:00", to: "18:00") }
      try await scene.do(.ada, SetAvailability(weekly: week, noticeMinutes: 0))
      let id = try await scene.book()
      try await scene.work()
      scene.outbox.clear()
      try await scene.do(.ada, CancelSession(session: id, reason: "I am ill."))
      try await scene.work()
      let toBen = scene.outbox.to("ben@north.example").first?.text ?? ""
      #expect(toBen.contains("Ada writes:") && toBen.contains("> I am ill."))
      #expect(toBen.contains("Free next: Tue 24 Nov, 08:00, Tue 24 Nov, 12:00 and Wed 25 Nov, 08:00."))
      #expect(scene.outbox.to("ada@north.example").first?.text.contains("I am ill.") == false)
      let next = try await scene.browser(.ben).getJSON("/sessions/\(id)").json["cancellation"]["next"].items
      #expect(next.compactMap { $0["words"].text } == ["Tue 24 Nov, 08:00", "Tue 24 Nov, 12:00", "Wed 25 Nov, 08:00"])
    }
  }

  @Test("a title stands in quotation marks, and no full stop follows one that was cut", arguments: Databases.each)
  func title(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let (viewer, ada, start, world) = (try await scene.viewer(.ben), scene.id(.ada), scene.noon(), scene.world)
      let id = try await scene.store.write { tx in
        try Booking.book(
          tx, viewer, mentor: ada, mentee: viewer.person, start: start, minutes: 30, title: "I have to tell a colleague…", question: "",
          world)
      }
      _ = try await scene.book(.ravi, at: scene.noon(2))
      try await scene.work()
      try await scene.do(.ben, MoveSession(session: id, start: scene.noon(3)))
      try await scene.work()
      let texts = scene.outbox.to("ben@north.example").map(\.text)
      #expect(texts.last?.contains("You moved the session “I have to tell a colleague…”\n") == true)
      #expect(scene.outbox.to("ravi@north.example").first?.text.contains("is booked: “Beginning a talk”.") == true)
    }
  }

  @Test("calendar entries keep their UID while the sequence rises, and end in CANCEL", arguments: Databases.each)
  func entries(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let id = try await scene.book()
      try await scene.work()
      try await scene.do(.ben, MoveSession(session: id, start: scene.noon(2)))
      try await scene.work()
      try await scene.do(.ben, CancelSession(session: id))
      try await scene.work()
      let uid = try await scene.session(id).uid
      let texts = scene.outbox.to("ben@north.example").map(calendar)
      #expect(texts.count == 3)
      for (sequence, text) in texts.enumerated() {
        #expect(text.contains("UID:\(uid)") && text.contains("SEQUENCE:\(sequence)"))
        #expect(text.contains(sequence == 2 ? "METHOD:CANCEL" : "METHOD:REQUEST"))
      }
      #expect(texts[1].contains("DTSTART:20261125T110000Z"))
    }
  }
}
