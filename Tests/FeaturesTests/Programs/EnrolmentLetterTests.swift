import Kit
import Store
import TandemTesting
import Testing

@testable import Features

@Suite("Letters to people who are enrolled")
struct EnrolmentLetterTests {
  private static func enrol(_ scene: Scene, _ path: String, _ people: String, as role: String = "mentee") async throws -> JSONLook {
    let body = #"{"people": "\#(people)", "role": "\#(role)"}"#
    let answer = try await scene.browser(.mara).postJSON("\(path)/people", body)
    #expect(answer.status == 200, "\(answer.body)")
    return answer.json
  }

  /// What leaves once the minutes of grace are over.
  private static func wait(_ scene: Scene) async throws {
    scene.clock.advance(TellEnrolled.patience)
    try await scene.work()
  }

  private static func subjects(_ scene: Scene, _ role: Scene.Role) -> [String] {
    scene.outbox.to("\(role.rawValue)@north.example").map(\.subject)
  }

  @Test("whoever is enrolled is told once what it is, until when, by whom, what comes next and how to leave", arguments: Databases.each)
  func told(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let path = try await scene.program(purpose: "Help within a week")
      let mentees = try await Self.enrol(scene, path, "ben@north.example, mara@north.example")
      #expect(mentees["count"].number == 2 && mentees["told"].number == 1, "nobody writes to themselves")
      let mentors = try await Self.enrol(scene, path, "ada@north.example", as: "mentor")
      #expect(mentors["told"].number == 1)
      try await scene.work()
      #expect(scene.outbox.all.isEmpty, "there are ten minutes to take somebody out")
      try await Self.wait(scene)
      #expect(Self.subjects(scene, .ben) == ["You take part in Flash days"] && Self.subjects(scene, .mara) == [])
      let mail = try #require(scene.outbox.to("ben@north.example").first)
      for words in [
        "Mara Manager enrolled you as a mentee in the program Flash days.", "until Tue 23 Feb 2027.", "/asks/new", "> Help within a week",
        "Mara Manager runs the program. To leave it, tell Mara Manager",
      ] {
        #expect(mail.text.contains(words), "\(words)")
      }
      #expect(mail.unsubscribe != nil)
      let other = try #require(scene.outbox.to("ada@north.example").first)
      #expect(other.text.contains("enrolled you as a mentor") && other.text.contains("/you/skills"))
      let notices = try await scene.browser(.ben).getJSON("/").json["notices"].items
      #expect(notices.map { $0["subject"].text } == ["You take part in Flash days"] && notices.first?["href"].text == "/asks/new")

      // Who is in already hears nothing, in the same role or in another.
      let again = try await Self.enrol(scene, path, "ben@north.example, ada@north.example")
      #expect(again["told"].number == 0)
      try await Self.wait(scene)
      #expect(Self.subjects(scene, .ben).count == 1 && Self.subjects(scene, .ada).count == 1)
    }
  }

  @Test("the page says how many people are told, and when", arguments: Databases.each)
  func said(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let (path, mara) = (try await scene.program(), try await scene.browser(.mara))
      let answer = try await mara.post("\(path)/people", ["people": "ben@north.example, ravi@north.example", "role": "mentee"])
      let words = "2 people enrolled as mentees. 2 people are told in 10 minutes, or after their quiet hours."
      try await #expect(mara.follow(answer).body.contains(words))
    }
  }

  @Test("whoever is taken out within ten minutes hears nothing; whoever is enrolled anew hears of that", arguments: Databases.each)
  func takenOut(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let path = try await scene.program()
      _ = try await Self.enrol(scene, path, "ben@north.example, ada@north.example")
      let leave = "\(path)/people/\(scene.id(.ben))/leave"
      try await #expect(scene.browser(.mara).postJSON(leave).status == 200)
      try await Self.wait(scene)
      #expect(Self.subjects(scene, .ben).isEmpty && Self.subjects(scene, .ada).count == 1)
      let anew = try await Self.enrol(scene, path, "ben@north.example")
      #expect(anew["told"].number == 1)
      try await Self.wait(scene)
      try await Self.wait(scene)
      #expect(Self.subjects(scene, .ben).count == 1)
      try await #expect(scene.browser(.mara).postJSON(leave).status == 200)
      _ = try await Self.enrol(scene, path, "ben@north.example")
      try await Self.wait(scene)
      #expect(Self.subjects(scene, .ben).count == 2, "each enrolment has its letter")
    }
  }

  @Test("whoever was taken out within ten minutes and is brought back later is told then; nobody is told twice", arguments: Databases.each)
  func broughtBack(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let path = try await scene.program()
      _ = try await Self.enrol(scene, path, "ben@north.example, ada@north.example")
      let mara = try await scene.browser(.mara)
      let (ben, ada) = ("\(path)/people/\(scene.id(.ben))", "\(path)/people/\(scene.id(.ada))")
      scene.clock.advance(.minutes(5))
      try await #expect(mara.postJSON("\(ben)/leave").status == 200)
      scene.clock.advance(.minutes(15))
      try await scene.work()
      #expect(Self.subjects(scene, .ben).isEmpty && Self.subjects(scene, .ada).count == 1)
      try await #expect(mara.postJSON("\(ben)/rejoin").status == 200)
      try await #expect(mara.postJSON("\(ada)/leave").status == 200)
      try await #expect(mara.postJSON("\(ada)/rejoin").status == 200)
      try await scene.work()
      #expect(Self.subjects(scene, .ben).isEmpty, "there are ten minutes to take him out again")
      try await Self.wait(scene)
      #expect(Self.subjects(scene, .ben).count == 1 && Self.subjects(scene, .ada).count == 1)
    }
  }

  @Test("whoever was to be told while a program was closed by mistake is told once it is open again", arguments: Databases.each)
  func reopened(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let path = try await scene.program()
      let mara = try await scene.browser(.mara)
      _ = try await Self.enrol(scene, path, "ada@north.example")
      try await Self.wait(scene)
      _ = try await Self.enrol(scene, path, "ben@north.example")
      try await #expect(mara.postJSON("\(path)/close").status == 200)
      scene.clock.advance(.minutes(20))
      try await scene.work()
      #expect(Self.subjects(scene, .ben).isEmpty)
      try await #expect(mara.postJSON("\(path)/reopen").status == 200)
      try await Self.wait(scene)
      #expect(Self.subjects(scene, .ben).count == 1)
      try await #expect(mara.postJSON("\(path)/close").status == 200)
      try await #expect(mara.postJSON("\(path)/reopen").status == 200)
      try await Self.wait(scene)
      #expect(Self.subjects(scene, .ben).count == 1 && Self.subjects(scene, .ada).count == 1)
      // Closed twice before the letter leaves.
      _ = try await Self.enrol(scene, path, "ravi@north.example")
      for minutes in [15, 5, 30] {
        try await #expect(mara.postJSON("\(path)/close").status == 200)
        scene.clock.advance(.minutes(minutes))
        try await scene.work()
        try await #expect(mara.postJSON("\(path)/reopen").status == 200)
        scene.clock.advance(.minutes(2))
      }
      try await Self.wait(scene)
      #expect(Self.subjects(scene, .ravi).count == 1 && Self.subjects(scene, .ben).count == 1)
    }
  }

  @Test("who runs the program is its founder while that one may, and else whoever enrolled", arguments: Databases.each)
  func runner(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let path = try await scene.program()
      let second = try await scene.do(
        .omar, CreateProgram(name: "Second", template: .flash, purpose: "", startsOn: "2026-11-23", endsOn: "2027-02-23")
      ).id
      _ = try await Self.enrol(scene, "/programs/\(second)", "ada@north.example")
      let omar = try await scene.browser(.omar)
      try await #expect(omar.post("\(path)/people", ["people": "ben@north.example", "role": "mentee"]).status == 303)
      try await Self.wait(scene)
      #expect(scene.outbox.to("ada@north.example").first?.text.contains("Omar Admin runs the program.") == true)
      #expect(scene.outbox.to("ben@north.example").first?.text.contains("Mara Manager runs the program.") == true)

      let (org, mara) = (scene.org, scene.id(.mara))
      try await scene.store.write { tx in try tx.run("UPDATE person SET roles = 1 WHERE org_id = \(org) AND id = \(mara)") }
      try await #expect(omar.post("\(path)/people", ["people": "ravi@north.example", "role": "mentee"]).status == 303)
      try await Self.wait(scene)
      let words = "Omar Admin runs the program. To leave it, tell Omar Admin"
      #expect(scene.outbox.to("ravi@north.example").first?.text.contains(words) == true)
    }
  }

  @Test("nobody is told of a program that was closed meanwhile or is over", arguments: Databases.each)
  func over(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let closed = try await scene.program()
      _ = try await Self.enrol(scene, closed, "ben@north.example")
      try await #expect(scene.browser(.mara).postJSON("\(closed)/close").status == 200)
      let short = try await scene.program("A day and a night", until: "2026-11-24")
      scene.clock.advance(.days(3))
      try await scene.work()
      try await #expect(Self.enrol(scene, short, "ben@north.example")["told"].number == 0)
      try await Self.wait(scene)
      #expect(Self.subjects(scene, .ben).isEmpty)
    }
  }

  @Test("goals and programs switched off, no mail comes", arguments: Databases.each)
  func off(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let path = try await scene.program()
      let choice = #"{"topics": ["session", "request", "learning"], "quiet_from": "21:00", "quiet_to": "07:30"}"#
      try await #expect(scene.browser(.ben).postJSON("/you/notifications", choice).status == 200)
      _ = try await Self.enrol(scene, path, "ben@north.example, ada@north.example")
      try await Self.wait(scene)
      #expect(Self.subjects(scene, .ben).isEmpty && Self.subjects(scene, .ada).count == 1)
    }
  }

  @Test("enrolling costs the same statements for three people and for two hundred, and each gets one letter", arguments: Databases.each)
  func cost(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let (org, world) = (scene.org, scene.world)
      try await scene.store.write { tx in
        for number in 0..<203 {
          let member = CreateMember(email: "crowd\(number)@north.example", name: "Crowd \(number)", zone: "Europe/Berlin")
          _ = try member(tx, org: org, by: nil, origin: "command", world)
        }
      }
      let path = try await scene.program()
      let addresses = (0..<203).map { "crowd\($0)@north.example" }
      let (few, many) = (addresses.prefix(3).joined(separator: " "), addresses.dropFirst(3).joined(separator: " "))
      let mara = try await scene.browser(.mara)
      _ = try await mara.post("\(path)/people", ["people": "ben@north.example", "role": "mentee"])
      let least = try await scene.statements { _ = try await mara.post("\(path)/people", ["people": few, "role": "mentee"]) }.count
      let most = try await scene.statements { _ = try await mara.post("\(path)/people", ["people": many, "role": "mentee"]) }.count
      #expect(least == most)
      try await Self.wait(scene)
      #expect(scene.outbox.all.map(\.to.address.normalised).filter { $0.hasPrefix("crowd") }.sorted() == addresses.sorted())
    }
  }
}
