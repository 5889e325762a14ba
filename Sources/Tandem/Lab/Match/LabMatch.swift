import ArgumentParser
import Foundation
import Matching

/// `tandem lab match DIR`: matches a program from files, or checks an answer.
struct LabMatch: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "match", abstract: "Match a whole program from files, with a proof that nothing better exists.",
    discussion: """
      DIR holds mentors.csv and edges.csv and may hold mentees.csv, pins.csv and bans.csv. With --features the pairs are found instead:
      mentors.csv then has skills, languages and slots, mentees.csv has needs, languages and slots.
      Example: tandem lab match DIR --out assignment.csv --certificate certificate.json
      Check:   tandem lab match DIR --verify --out assignment.csv --certificate certificate.json
      """)

  @Argument(help: "The folder with the files of the program.") var folder: String
  @Option(help: "coverage, score, fair or stable.") var mode = MatchMode.coverage
  @Option(help: "What mode fair looks at: pair, mentee or mentor.") var fairOn = FairMeasure.pair
  @Option(help: "Choose otherwise between equally good answers; 0 keeps the order of people.") var seed: UInt64 = 0
  @Option(help: "A folder with assignment.csv and certificate.json to start from.") var warm: String?
  @Option(help: "An earlier assignment to keep as far as possible.") var keep: String?
  @Option(help: "With --keep: how many earlier pairs may move.") var moves: Int?
  @Option(help: "An earlier assignment to compare with, in the report.") var diff: String?
  @Flag(help: "Find the pairs from what people offer and need instead of reading edges.csv.") var features = false
  @Option(help: "Where the pairs that may be chosen go, as edges.csv.") var edges: String?
  @Flag(help: "Leave out rows that cannot be read instead of refusing the file.") var skipInvalid = false
  @Flag(help: "Check the answer and the certificate named by --out and --certificate.") var verify = false
  @Option(help: "Stop after so many seconds with the best answer found and its gap.") var timeLimit: Double?
  @Option(help: "Where the assignment goes (with --verify: where it is).") var out: String?
  @Option(help: "Where the certificate goes (with --verify: where it is).") var certificate: String?
  @Option(help: "Where the explanation for each person goes.") var report: String?

  var program: ProgramFolder { ProgramFolder(folder, skipsInvalid: skipInvalid, readsTraits: features) }

  func run() throws {
    do {
      let files = try program.read()
      if let edges { try Data(files.files.assignment(Array(0..<files.files.problem.table.count))).write(to: URL(fileURLWithPath: edges)) }
      if verify { try check(files) } else { try solve(files) }
    } catch let fault as RowFault {
      throw Configuration.Fault(description: fault.description)
    } catch let invalid as MatchProblem.Invalid {
      throw Configuration.Fault(description: "The program cannot be matched: \(invalid).")
    }
  }
}

extension MatchMode: ExpressibleByArgument {}
extension FairMeasure: ExpressibleByArgument {}
