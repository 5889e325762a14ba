import ArgumentParser

/// The engines on files of one's own, so that others can check and measure them. The last line on standard output is a JSON object.
struct Lab: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run the engines on files, to check and measure them.",
    discussion: "Example: tandem lab walltime zones.csv",
    subcommands: [
      LabMatch.self, LabRank.self, LabRotate.self, LabSlots.self, LabWalltime.self, LabNext.self, LabRecall.self, LabAnswers.self,
      LabCat.self,
    ])
}
