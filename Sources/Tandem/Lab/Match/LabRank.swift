import ArgumentParser
import Foundation
import Matching

/// `tandem lab rank`: how long one ask takes against very many mentors, and whether the index answers as a look at everybody does.
struct LabRank: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rank", abstract: "Rank mentors for each mentee of a folder, or made-up ones to measure it.",
    discussion: """
      DIR holds mentors.csv with skills, languages and slots, and mentees.csv with needs, languages and slots.
      Example: tandem lab rank DIR --top 20 --out ranking.csv
      Example: tandem lab rank --mentors 1000000 --asks 1000 --top 20
      """)

  @Argument(help: "The folder with the people; without one they are made up.") var folder: String?
  @Option(help: "With DIR: where the ranking goes.") var out: String?
  @Option(help: "How many mentors are made up.") var mentors = 1_000_000
  @Option(help: "How many asks are made up.") var asks = 1000
  @Option(help: "How many of the best are wanted.") var top = 20
  @Option(help: "How many asks are also answered by looking at everybody.") var check = 3
  @Option(help: "Another seed makes up others.") var seed: UInt64 = 1

  func run() throws {
    if let folder { return try rankPeople(of: folder) }
    let made = MadeUpPool(seed: seed, mentors: mentors)
    let before = LabClock.residentMegabytes()
    let building = LabClock.cpu()
    var builder = RankIndexBuilder(pool: made.pool)
    for number in 0..<mentors { builder.add(made.mentor(number)) }
    let index = builder.build()
    let built = LabClock.cpu() - building
    let memory = LabClock.residentMegabytes() - before
    var query = RankQuery(index)
    var seconds: [Double] = []
    var looks: [Int] = []
    for number in 0..<asks {
      let need = made.need(number)
      let start = LabClock.cpu()
      let best = query.top(top, need: need, seed: UInt64(number)) { made.pair(number, $0) }
      seconds.append(LabClock.cpu() - start)
      looks.append(query.looks)
      if number < check {
        var candidates: [Candidate] = []
        for mentor in 0..<mentors {
          var candidate = made.mentor(mentor)
          candidate.pair = made.pair(number, candidate.id)
          candidates.append(candidate)
        }
        let all = rank(need: need, candidates: candidates, pool: made.pool, seed: UInt64(number))
        guard Array(all.ranked.prefix(top)) == best else {
          throw Findings(description: "Ask \(number): the index answers otherwise than a look at everybody.")
        }
      }
    }
    seconds.sort()
    looks.sort()
    func at(_ share: Double) -> String { (seconds.isEmpty ? 0 : 1000 * seconds[Int(share * Double(seconds.count - 1))]).short }
    MatchSummary(fields: [
      ("solver", "\"tandem\""), ("mentors", "\(mentors)"), ("asks", "\(asks)"), ("top", "\(top)"), ("checked", "\(min(check, asks))"),
      ("p50_ms", at(0.5)), ("p90_ms", at(0.9)), ("p99_ms", at(0.99)), ("max_ms", at(1)),
      ("looks_p50", "\(looks.isEmpty ? 0 : looks[looks.count / 2])"), ("looks_max", "\(looks.last ?? 0)"), ("build_cpu_s", built.short),
      ("index_bytes_per_mentor", "\(index.bytesPerMentor)"), ("added_mb", memory.short), ("peak_mb", LabClock.peakMegabytes().short),
    ]).print([])
  }
}
