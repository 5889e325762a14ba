import Kit
import Store
import TandemTesting
import Testing

@testable import Features

@Suite("Enrolling people")
struct EnrolmentTests {
  private func program(_ manager: Browser) async throws -> String {
    let made = try await manager.post(
      "/programs", ["name": "Flash days", "template": "flash", "starts_on": "2026-11-23", "ends_on": "2027-02-23"])
    return try #require(made.location)
  }

  @Test("addresses are read as mail programs copy them, each once")
  func pasted() {
    let text = """
      Priya Raman <Priya@x.org>, "Klein, Thea" <thea@x.org>; Raman, Tom <tom@x.org>
      'ann@x.org' <ann@x.org>; priya@x.org
      ben@x.org, cleo@x.org dora@x.org
      """
    let pasted = PastedAddresses(text)
    #expect(
      pasted.addresses == ["priya@x.org", "thea@x.org", "tom@x.org", "ann@x.org", "ben@x.org", "cleo@x.org", "dora@x.org"])
    #expect(pasted.faults == [])
  }

  @Test("what is no address is told as it was typed, with or without brackets")
  func mistyped() {
    let pasted = PastedAddresses("ben@\nPriya Raman, ann@x.org\nThea <thea>; <>")
    #expect(pasted.addresses == ["ann@x.org"])
    #expect(pasted.faults == ["ben@", "Priya Raman", "thea", "<>"])
  }

  @Test("mistyped and unknown addresses are told apart, all are named, and nobody is enrolled", arguments: Databases.each)
  func faults(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let mara = try await scene.browser(.mara)
      let path = try await program(mara)
      let unknown = (1...22).map { "nobody\($0)@north.example" }
      let refused = try await mara.post(
        "\(path)/people", ["people": "ben@north.example, ravi@north\n" + unknown.joined(separator: "; "), "role": "mentee"])
      #expect(refused.status == 422)
      #expect(refused.body.contains("“ravi@north” is not an address."))
      for address in unknown.prefix(20) { #expect(refused.body.contains(address)) }
      #expect(refused.body.contains("nobody20@north.example and 2 more. Invite them first."))
      #expect(try await mara.getJSON(path).json["people"].count == 0)
    }
  }

  @Test("nobody is enrolled as a mentor without being one", arguments: Databases.each)
  func mentors(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let mara = try await scene.browser(.mara)
      let path = try await program(mara)
      let refused = try await mara.post(
        "\(path)/people", ["people": "Ada <ada@north.example>, Ben <ben@north.example>", "role": "mentor"])
      #expect(refused.status == 422)
      #expect(refused.body.contains("Not a mentor: Ben Learner. Enrol them as mentees"))
      #expect(try await mara.getJSON(path).json["mentors"].number == 0)
      #expect(try await mara.post("\(path)/people", ["people": "ada@north.example", "role": "mentor"]).status == 303)
      #expect(try await mara.getJSON(path).json["mentors"].number == 1)
    }
  }

  @Test("enrolling again in another role says so, and counts are said rightly", arguments: Databases.each)
  func again(_ database: Databases.Kind) async throws {
    try await Scene.with(database) { scene in
      let mara = try await scene.browser(.mara)
      let path = try await program(mara)
      let first = try await mara.post("\(path)/people", ["people": "ada@north.example", "role": "mentee"])
      #expect(try await mara.follow(first).body.contains("1 person enrolled as mentee."))
      let json = try await mara.postJSON(
        "\(path)/people", #"{"people": "ada@north.example, cleo@north.example", "role": "mentor"}"#
      ).json
      #expect(json["count"].number == 2 && json["moved"][0].text == "Ada Mentor" && json["unchanged"].number == 0)
      let third = try await mara.post("\(path)/people", ["people": "ada@north.example\nben@north.example", "role": "mentee"])
      let page = try await mara.follow(third).body
      #expect(page.contains("1 person enrolled as mentee. Ada Mentor is now mentee."))
      #expect(page.contains("<p>2 mentees, 1 mentor."))
      let fourth = try await mara.post("\(path)/people", ["people": "ben@north.example", "role": "mentee"])
      #expect(try await mara.follow(fourth).body.contains("1 person took part already."))
    }
  }
}
