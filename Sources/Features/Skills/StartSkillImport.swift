import Jobs
import Kit
import Store
import Web

/// Takes the files of the ESCO download and enqueues their import.
struct StartSkillImport: UseCase {
  var skills: Upload?
  var occupations: Upload?
  var relations: Upload?

  struct Started: Output {
    let id: ID<SkillImport>
  }

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Started {
    // The catalogue is one for all organisations, so no organisation may write what another reads.
    guard try !Neighbours.exist(tx) else { throw Problem.forbidden(StartSkillImport.onlyByCommand) }
    let files = [(EscoFiles.Part.skills, skills), (.occupations, occupations), (.relations, relations)]
    guard files.contains(where: { $0.1 != nil }) else { throw Problem.invalid("skills", "Choose at least one of the three files.") }
    try check(files)
    guard try tx.count("SELECT count(*) FROM skill_import WHERE org_id = \(viewer.org) AND state IN ('waiting', 'running')") == 0 else {
      throw Problem.conflict(code: "import_running", detail: "An import is running. Wait until it has finished, then start the next.")
    }
    let id: ID<SkillImport> = world.id()
    try tx.run(
      """
      INSERT INTO skill_import (org_id, id, started_by, started_at, state, report, failure)
      VALUES (\(viewer.org), \(id), \(viewer.person), \(world.now()), \(SkillImport.State.waiting), \(""), \(""))
      """)
    for (part, file) in files {
      guard let file else { continue }
      try tx.run(
        """
        INSERT INTO skill_import_file (org_id, import_id, part, content) VALUES (\(viewer.org), \(id), \(part.rawValue), \(file.bytes))
        """)
    }
    try tx.record(viewer, "skill_import.started", id, [:], world)
    try tx.enqueue(ImportSkills(id: id), for: viewer.org, key: "\(id)", at: world.now(), world)
    return Started(id: id)
  }

  /// A file that is broken as a whole is refused beside its field, at once.
  private func check(_ files: [(EscoFiles.Part, Upload?)]) throws {
    var messages: [String: String] = [:]
    for (part, file) in files {
      guard let file else { continue }
      do {
        _ = try EscoFiles([part: file.bytes]).table(part)
      } catch let error as EscoFiles.Unreadable {
        messages[part.rawValue] = error.text
      }
    }
    if !messages.isEmpty { throw Problem.invalid(messages) }
  }

  static let onlyByCommand =
    "Several organisations share this catalogue of skills, so it is imported on the server: tandem import esco FOLDER."
}

/// Imports the files that were uploaded.
struct ImportSkills: Job {
  static let kind = "skills.import"
  let id: ID<SkillImport>

  func run(_ run: JobRun) async throws {
    let org = try run.org()
    let (id, world, store) = (id, run.world, run.store)
    let files = try await store.read { tx in try SkillImport.files(id, org: org, tx) }
    // A repetition after the end finds nothing to do.
    if files.bytes.isEmpty { return }
    do {
      let report = try await EscoImport.run(files, store: store, world: world) { report in
        try await store.write { tx in try SkillImport.note(report, of: id, org: org, tx) }
      }
      try await store.write { tx in
        try SkillImport.note(report, of: id, org: org, tx)
        try SkillImport.end(id, org: org, .finished, tx, world)
      }
    } catch let error as EscoFiles.Unreadable {
      try await store.write { tx in try SkillImport.end(id, org: org, .failed, failure: error.text, tx, world) }
    }
  }
}
