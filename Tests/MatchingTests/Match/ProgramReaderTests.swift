import Testing

@testable import Matching

@Suite struct ProgramReaderTests {
  struct Bad: Sendable {
    let rows: String
    let says: String
  }

  @Test(
    "a bad row is refused with its line and reason",
    arguments: [
      Bad(rows: "x,a,abc,1", says: "edges.csv line 3: not an integer: 'abc'"),
      Bad(rows: "x,a,1.5,1", says: "edges.csv line 3: not an integer: '1.5'"),
      Bad(rows: "x,a,--1,1", says: "edges.csv line 3: not an integer: '--1'"),
      Bad(rows: "x,a,,1", says: "edges.csv line 3: not an integer: ''"),
      Bad(rows: "x,a,1000001,1", says: "edges.csv line 3: out of range: 1000001"),
      Bad(rows: "x,a,99999999999999999999999,1", says: "edges.csv line 3: out of range: 99999999999999999999"),
      Bad(rows: "x,a,1", says: "edges.csv line 3: wrong number of fields"),
      Bad(rows: "x,a,1,1,1", says: "edges.csv line 3: wrong number of fields"),
      Bad(rows: ",a,1,1", says: "edges.csv line 3: empty id"),
      Bad(rows: "x,,1,1", says: "edges.csv line 3: empty id"),
      Bad(rows: "x,z,1,1", says: "edges.csv line 3: unknown mentor: 'z'"),
      Bad(rows: "q,a,1,1", says: "edges.csv line 3: unknown mentee: 'q'"),
      Bad(rows: "\n\"x\",a,1,?", says: "edges.csv line 4: not an integer: '?'"),
    ])
  func badRows(_ bad: Bad) throws {
    let edges = "mentee,mentor,mentee_score,mentor_score\nx,a,1,1\n" + bad.rows
    let read = { (skips: Bool) throws(RowFault) in
      try KnownProgram.of(mentors: "mentor,capacity\na,1\n", mentees: "mentee\nx\n", edges: edges, skipsInvalid: skips)
    }
    do throws(RowFault) {
      _ = try read(false)
      Issue.record("accepted: \(bad.rows)")
    } catch {
      #expect(error.description == bad.says)
    }
    let files = try read(true)
    #expect(files.skipped.map(\.description) == [bad.says])
    #expect(files.problem.table.count == 1)
  }

  @Test(
    "a bad person is refused with its line and reason",
    arguments: [
      Bad(rows: "a,-1,0", says: "mentors.csv line 2: out of range: -1"),
      Bad(rows: "a,1,2", says: "mentors.csv line 2: min above capacity"),
      Bad(rows: "a,1,0\na,2,0", says: "mentors.csv line 3: id twice: 'a'"),
      Bad(rows: ",1,0", says: "mentors.csv line 2: empty id"),
      Bad(rows: "a,1", says: "mentors.csv line 2: wrong number of fields"),
    ])
  func badPeople(_ bad: Bad) {
    do throws(RowFault) {
      _ = try KnownProgram.of(mentors: "mentor,capacity,min\n" + bad.rows, edges: "mentee,mentor,weight\n")
      Issue.record("accepted: \(bad.rows)")
    } catch {
      #expect(error.description == bad.says)
    }
  }

  @Test("quotes, byte order mark, CRLF, blanks, blank lines and columns in another order are read")
  func spelling() throws {
    let plain = try KnownProgram.of(
      mentors: "mentor,capacity\nNgo Thi,2\nb,1\n",
      edges: "mentee,mentor,mentee_score,mentor_score\nx,Ngo Thi,-5,7\nlong identity of a person,b,3,4\n")
    let other = try KnownProgram.of(
      mentors: "\u{FEFF}capacity,mentor\r\n2,\"Ngo Thi\"\r\n1, b \r\n",
      edges:
        "\u{FEFF}note,mentor_score,mentor,mentee,mentee_score\r\n\"a, b\"\"c\",7,Ngo Thi,x,-5\r\n\r\n,4,b,\"long identity of a person\",3")
    #expect(other.mentors == plain.mentors)
    #expect(other.mentees == ["x", "long identity of a person"])
    #expect(other.assignment(Array(0..<2)) == plain.assignment(Array(0..<2)))
  }

  @Test("of a pair named twice the greatest weight counts")
  func duplicates() throws {
    let files = try KnownProgram.of(mentors: "mentor\na\n", edges: "mentee,mentor,weight\nx,a,3\nx,a,9\nx,a,9\n")
    #expect(files.problem.table.duplicates == 2)
    #expect(try files.problem.solve(.coverage).objective == MatchObjective(short: 0, pairs: 1, weight: 9))
  }

  @Test("nobody, or no pairs, is a valid program with an empty answer")
  func empty() throws {
    let files = try KnownProgram.of(mentors: "mentor,capacity\n", edges: "mentee,mentor,weight\n")
    for mode in MatchMode.allCases {
      let result = try files.problem.solve(mode)
      #expect(result.pairs == [])
      #expect(Matching.verify([], of: files.problem, mode: mode, certificate: result.certificate).holds)
    }
  }

  @Test("a pin that is banned, unknown or one too many is refused")
  func pins() {
    for (pins, bans) in [("x,a", "x,a"), ("x,z", ""), ("x,a\ny,a", ""), ("x,b", "")] {
      #expect(throws: RowFault.self) {
        try KnownProgram.of(
          mentors: "mentor,capacity\na,1\nb,1\n", edges: "mentee,mentor,weight\nx,a,1\ny,a,1\n", pins: "mentee,mentor\n" + pins,
          bans: "mentee,mentor\n" + bans)
      }
    }
  }

  @Test("any bytes are read or refused, never more")
  func noise() {
    var dice = Dice(state: 99)
    let letters = Array("a,b\"\n\r-019 \u{FEFF}mentorwigh".utf8)
    for _ in 0..<2000 {
      let noise = (0..<dice.roll(0...60)).map { _ in letters[dice.roll(0...letters.count - 1)] }
      for head in ["mentee,mentor,weight\n", ""] {
        var reader = ProgramReader(skipsInvalid: dice.chance(50))
        try? reader.readMentors((Array("mentor,capacity\na,1\n".utf8) + noise).span)
        try? reader.readEdges((Array(head.utf8) + noise).span)
        _ = try? reader.finish()
      }
    }
  }
}
