import Kit
import Store
import TandemTesting
import Testing
import Web

@testable import Features

/// What went wrong elsewhere with the words that people and programs send; the races and moves are in the suites beside this one.
@Suite struct IncidentTests {
  @Test("12-hour text was used as a probe (cal.com #30021): a start is a moment, and noon is not midnight", arguments: Databases.each)
  func twelveHours(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.do(.ada, SetAvailability(weekly: [.init(weekday: .tuesday, from: "22:00", to: "00:30")]))
      let ben = try await scene.browser(.ben)
      for start in ["12:00 am", "Tue 24 Nov, 10:00 pm", "22:00"] {
        let answer = try await ben.post("/sessions", ["mentor": "\(scene.id(.ada))", "minutes": "30", "start": start])
        #expect(answer.status == 422)
      }
      await #expect(code { _ = try await scene.book(at: scene.noon(1) - .hours(2)) } == "slot_taken")
      _ = try await scene.book(at: scene.noon(1) + .hours(10))
    }
  }

  @Test("twelve messages to fix one time (CampusConnect #4496): a free time is chosen and booked in two acts", arguments: Databases.each)
  func slotsFirst(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let ben = try await scene.browser(.ben)
      let page = try await ben.getJSON("/sessions/new?mentor=\(scene.id(.ada))").json
      let start = try #require(page["slots"]["days"][0]["slots"][0]["value"].text)
      let held = try await ben.post("/sessions", ["mentor": "\(scene.id(.ada))", "minutes": "30", "start": start])
      let booked = try await ben.post("\(held.location ?? "")/book", ["question": "How do I begin?"])
      #expect(booked.status == 303)
      try await scene.work()
      #expect(scene.outbox.to("ada@north.example").count == 1 && scene.outbox.to("ben@north.example").count == 1)
    }
  }

  @Test(
    "a remote call inside the gap (CloudMeet #43): a booking leaves mail to jobs, and sends none when it is undone",
    arguments: Databases.each)
  func nothingOutside(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      try await scene.lunch()
      let (viewer, ada, start, world) = (try await scene.viewer(.ben), scene.id(.ada), scene.noon(), scene.world)
      await #expect(throws: Problem.self) {
        try await scene.store.write { tx in
          _ = try Booking.book(tx, viewer, mentor: ada, mentee: viewer.person, start: start, minutes: 30, title: "T", question: "", world)
          throw Problem.notFound
        }
      }
      try await scene.work()
      #expect(scene.outbox.all.isEmpty)
      _ = try await scene.book()
      #expect(scene.outbox.all.isEmpty)
      try await scene.work()
      #expect(scene.outbox.all.count == 2)
    }
  }
}
