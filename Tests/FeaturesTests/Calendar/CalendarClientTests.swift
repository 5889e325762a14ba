import Foundation
import Kit
import Scheduling
import Store
import TandemTesting
import Testing
import Web

@testable import Features

/// What Tandem writes, read by programs of others: `Tests/peers/calendar_clients.py` with icalendar, libical, khal and Radicale.
@Suite struct CalendarClientTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
  private static let python =
    ProcessInfo.processInfo.environment["TANDEM_TEST_PYTHON"] ?? root.appendingPathComponent(".build/venv/bin/python").path
  static let isAvailable = FileManager.default.isExecutableFile(atPath: python)

  struct Summary: Decodable {
    let seen: [String: Int]
    let count: [String: Int]
    let wrong: [String: [String]]
  }

  /// Incidents: a move keeps the old entry, duplicates it, breaks.
  @Test(
    "50 moves and a cancellation update one event in calendar programs; every file is read by all and survives a calendar server",
    .enabled(if: isAvailable))
  func clients() async throws {
    let folder = try Databases.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    for name in ["files", "moves"] {
      try FileManager.default.createDirectory(at: folder.appending(path: name), withIntermediateDirectories: true)
    }
    try await Scene.with(.sqlite) { scene in
      try await moves(scene, to: folder.appending(path: "moves"))
      try await files(scene, to: folder.appending(path: "files"))
    }
    try oddTexts(to: folder)
    let summary = try run(folder)
    #expect(summary.seen["moves"] == 52 && summary.seen["files"] == 4 && summary.seen["odd"] == 20_001, "\(summary.seen)")
    for (name, count) in summary.count { #expect(count == 0, "\(name): \(summary.wrong[name] ?? [])") }
  }

  private func moves(_ scene: Scene, to folder: URL) async throws {
    try await scene.lunch()
    let id = try await scene.book()
    try await scene.work()
    var random = Dice(state: 50)
    var made = 0
    while made < 50 {
      let start = scene.noon([1, 2, 3, 4, 7, 8, 9, 10][random.next(8)], minutes: random.next(3) * 15)
      if try await scene.session(id).start == start { continue }
      try await scene.do(made.isMultiple(of: 2) ? .ben : .ada, MoveSession(session: id, start: start))
      try await scene.work()
      made += 1
    }
    try await scene.do(.ada, CancelSession(session: id))
    try await scene.work()
    let texts = scene.outbox.to("ben@north.example").compactMap { $0.calendar?.text }
    for (number, text) in texts.enumerated() {
      let name = number < 10 ? "00\(number)" : "0\(number)"
      try Data(text.utf8).write(to: folder.appending(path: "\(name).ics"))
    }
  }

  private func files(_ scene: Scene, to folder: URL) async throws {
    let id = try await scene.book(.ravi, question: "Zeilen\nmit; Komma, und ü – 漢字 👩‍👩‍👧‍👦")
    _ = try await scene.book(at: scene.noon(2))
    try await scene.do(.ben, KeepLearningTime(windows: ["monday 09:10", "tuesday 09:10"], minutes: 10))
    let (ben, ravi, world, site) = (try await scene.viewer(.ben), try await scene.viewer(.ravi), scene.world, scene.site)
    let texts = try await scene.store.write { tx in
      let owner = try CalendarFeed.owner(of: try CalendarFeed.rotate(tx, ben, world), tx).person
      return [
        "feed": try CalendarFeed.text(for: owner, .full, tx, site), "busy": try CalendarFeed.text(for: owner, .busy, tx, site),
        "session": try SessionFile(session: id).text(tx, ravi, site),
      ]
    }
    for (name, text) in texts { try Data(text.utf8).write(to: folder.appending(path: "\(name).ics")) }
    let zone = Zones.zone("Europe/Berlin")
    var whole = CalendarEvent(
      uid: "series-1@tandem", stamp: world.now().microseconds, start: scene.noon(1).microseconds,
      end: (scene.noon(1) + .minutes(30)).microseconds, summary: "Every two weeks",
      series: CalendarSeries(
        zone: zone, weekdays: [.tuesday], everyWeeks: 2, until: scene.noon(183).microseconds, exceptions: [scene.noon(29).microseconds]))
    var moved = whole
    moved.instanceOf = scene.noon(15).microseconds
    moved.start = scene.noon(16).microseconds
    moved.end = (scene.noon(16) + .minutes(30)).microseconds
    whole.sequence = 1
    moved.sequence = 1
    try Data(ICalendar.publish([whole, moved], name: "Series").utf8).write(to: folder.appending(path: "series.ics"))
  }

  /// 6,667 events with three texts each.
  private func oddTexts(to folder: URL) throws {
    var random = Dice(state: 20_000)
    var wanted: [String: [String]] = [:]
    var events: [CalendarEvent] = []
    for number in 0..<6_667 {
      let odd = random.text()
      let plain = odd.map { $0 == "\n" ? " " : String($0) }.joined()
      events.append(
        CalendarEvent(
          uid: "odd-\(number)", stamp: 1_795_420_800_000_000, start: 1_795_420_800_000_000, end: 1_795_422_600_000_000, summary: plain,
          description: odd, location: plain))
      wanted["odd-\(number)"] = [plain, odd]
    }
    try Data(ICalendar.publish(events, name: "Odd").utf8).write(to: folder.appending(path: "odd.ics"))
    try JSONEncoder().encode(wanted).write(to: folder.appending(path: "odd.json"))
  }

  private func run(_ folder: URL) throws -> Summary {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Self.python)
    process.arguments = [Self.root.appending(path: "Tests/peers/calendar_clients.py").path, folder.path]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let bytes = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return try JSONDecoder().decode(Summary.self, from: bytes)
  }
}

/// Chance that repeats itself.
private struct Dice {
  var state: UInt64

  mutating func next(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(max(1, bound)))
  }

  /// Words, signs with a meaning in calendars, scripts, joined characters and long runs. Never empty, since an empty text and none are
  /// the same to readers.
  mutating func text() -> String {
    let pieces = [
      "\\", ";", ",", ":", "\"", "^", "^n", "\\n", "=", "%", "ä", "e\u{301}", "漢字", "👩‍👩‍👧‍👦", "🇩🇪", "\u{202E}", "BEGIN:VALARM", "END:VEVENT",
      "\n",
      "DTSTART:19700101", String(repeating: "x", count: 73), String(repeating: "é", count: 40), "plain words", " and ", "mailto:x@y",
    ]
    return "a" + (0..<next(20)).map { _ in pieces[next(pieces.count)] }.joined() + "z"
  }
}
