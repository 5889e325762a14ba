import Testing

@testable import Matching

@Suite struct VerifyTests {
  @Test("a certificate with one price changed is refused", arguments: [MatchMode.coverage, .score, .fair])
  func changedPrice(_ mode: MatchMode) throws {
    let problem = try KnownProgram.read("tight_100").problem
    let result = try problem.solve(mode)
    let certificate = try #require(result.certificate)
    for person in [0, 5, 17] {
      var changed = certificate
      changed.prices.mentors[person].weight += 1_000
      #expect(!Matching.verify(result.pairs, of: problem, mode: mode, certificate: changed).holds)
      changed = certificate
      changed.prices.mentees[person].weight -= 1_000
      #expect(!Matching.verify(result.pairs, of: problem, mode: mode, certificate: changed).holds)
    }
    var belowAll = certificate
    belowAll.prices.mentors[0].quota = -2
    #expect(!Matching.verify(result.pairs, of: problem, mode: mode, certificate: belowAll).holds)
  }

  @Test("an answer with a pair swapped is refused")
  func swappedPair() throws {
    let problem = try KnownProgram.read("match_100").problem
    let result = try problem.solve(.coverage)
    var refused = 0
    for place in result.pairs.indices.prefix(20) {
      let mentee = problem.table.mentee(of: result.pairs[place])
      for other in problem.table.pairs(of: mentee).prefix(5) where other != result.pairs[place] {
        var swapped = result.pairs
        swapped[place] = other
        let verdict = Matching.verify(swapped, of: problem, mode: .coverage, certificate: result.certificate)
        if problem.table.weight(of: other) != problem.table.weight(of: result.pairs[place]) {
          #expect(!verdict.holds)
          refused += 1
        }
      }
    }
    #expect(refused > 50)
  }

  @Test("too many places, a pair twice, a banned pair and a missing pin are named")
  func brokenAnswers() throws {
    let files = try KnownProgram.of(
      mentors: "mentor,capacity\na,1\nb,1\n", mentees: "mentee\nx\ny\n", edges: "mentee,mentor,weight\nx,a,5\ny,a,4\nx,b,1\ny,b,3\n",
      pins: "mentee,mentor\nx,b\n", bans: "mentee,mentor\ny,b\n")
    let result = try files.problem.solve(.coverage)
    #expect(result.objective == MatchObjective(short: 0, pairs: 2, weight: 5))
    let check = { Matching.verify($0, of: files.problem, mode: .coverage, certificate: result.certificate) }
    #expect(check(result.pairs).holds)
    #expect(check([0, 1]).wrong.contains("The mentee 0 has 2 places of 1."))
    #expect(check([1, 1, 2]).wrong.contains("A pair is used twice: 1."))
    #expect(check([2]).wrong.contains { $0.hasPrefix("A pin is missing") })
    #expect(check([1, 3]).wrong.contains { $0.hasPrefix("Not an allowed pair") })
  }

  @Test("an answer that blocks somebody is not stable")
  func blocked() throws {
    let files = try KnownProgram.of(
      mentors: "mentor,capacity\na,1\nb,1\n", mentees: "mentee\nx\ny\n",
      edges: "mentee,mentor,mentee_score,mentor_score\nx,a,9,9\nx,b,1,1\ny,a,8,8\ny,b,1,1\n")
    let numbers = files.problem.table
    let crossed = [try #require(numbers.number(mentee: 0, mentor: 1)), try #require(numbers.number(mentee: 1, mentor: 0))]
    #expect(Matching.verify(crossed, of: files.problem, mode: .stable, certificate: nil).blockingPairs == 1)
    #expect(try Matching.verify(files.problem.solve(.stable).pairs, of: files.problem, mode: .stable, certificate: nil).holds)
  }

  @Test("a certificate survives its file")
  func certificateFile() throws {
    let files = try KnownProgram.read("tight_100")
    let result = try files.problem.solve(.fair)
    let file = CertificateFile(
      mode: .fair, fairOn: .pair, inputs: ["edges.csv": "sha256:00"], objective: result.objective, certificate: result.certificate)
    #expect(try CertificateFile(file.bytes().span) == file)
    let bytes = file.bytes()
    for cut in stride(from: 0, to: bytes.count - 2, by: 97) {
      #expect(throws: RowFault.self) { try CertificateFile(Array(bytes[..<cut]).span) }
    }
  }
}
