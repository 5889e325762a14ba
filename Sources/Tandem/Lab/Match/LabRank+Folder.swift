import Foundation
import Matching

extension LabRank {
  /// Ranks the mentors of each mentee: ranking.csv has `mentee,place,mentor,points`.
  func rankPeople(of folder: String) throws {
    let loaded: LoadedProgram
    do { loaded = try ProgramFolder(folder, skipsInvalid: false, readsTraits: true).read() } catch let fault as RowFault {
      throw Configuration.Fault(description: fault.description)
    }
    let files = loaded.files
    let table = files.problem.table
    var best: [[(points: Int, mentor: Int)]] = Array(repeating: [], count: files.mentees.count)
    for pair in 0..<table.count { best[table.mentee(of: pair)].append((table.weight(of: pair), table.mentor(of: pair))) }
    var rows = 0
    var text = "mentee,place,mentor,points\n"
    for (mentee, mentors) in best.enumerated() {
      let first = mentors.sorted { ($1.points, $0.mentor) < ($0.points, $1.mentor) }.prefix(top)
      rows += first.count
      for (place, one) in first.enumerated() {
        text += "\(files.mentees[mentee].csvField),\(place + 1),\(files.mentors[one.mentor].csvField),\(one.points)\n"
      }
    }
    if let out { try Data(text.utf8).write(to: URL(fileURLWithPath: out)) }
    MatchSummary(fields: [
      ("solver", "\"tandem\""), ("mentors", "\(files.mentors.count)"), ("mentees", "\(files.mentees.count)"), ("top", "\(top)"),
      ("rows", "\(rows)"), ("without_a_mentor", "\(best.count { $0.isEmpty })"), ("read_and_rank_s", loaded.seconds.wall.short),
    ]).print([])
  }
}

extension String {
  /// As a field of a comma-separated file (RFC 4180).
  fileprivate var csvField: String {
    contains { ",\"\r\n".contains($0) } ? "\"" + replacing("\"", with: "\"\"") + "\"" : self
  }
}
