import Testing

@testable import Matching

@Suite struct TraitsTests {
  static let mentors = """
    mentor,capacity,min,skills,languages,slots,department,manager,minutes
    ann,1,0,sql:4;talks:2,en;de,18-20,Sales,,120
    bob,2,1,sql:3,en,18-19;40-44,Plant,,60
    cat,1,0,talks:5,de,18-20,Plant,ann,60

    """
  static let mentees = """
    mentee,needs,languages,slots,manager,minutes
    x,sql:1:3,en,18-20,,30
    y,sql:2:4;talks:1:2,de,18-20,ann,30
    z,talks:3:4,de;en,100-101,,30

    """

  static func files(_ mentors: String = mentors, _ mentees: String = mentees, skills: String? = nil) throws -> ProgramFiles {
    var reader = ProgramReader(readsTraits: true)
    try reader.readMentors(Array(mentors.utf8).span)
    try reader.readMentees(Array(mentees.utf8).span)
    if let skills { try reader.readSkills(Array(skills.utf8).span) }
    return try reader.finish()
  }

  static func names(_ files: ProgramFiles) -> Set<String> {
    let table = files.problem.table
    return Set((0..<table.count).map { "\(files.mentees[table.mentee(of: $0)])-\(files.mentors[table.mentor(of: $0)])" })
  }

  @Test("pairs are those that share a language, a slot and a skill one is above in, and no manager")
  func pairs() throws {
    let files = try Self.files()
    // y reports to ann; z shares no half hour with anybody.
    #expect(Self.names(files) == ["x-ann", "x-bob", "y-cat"])
    #expect(files.problem.mentors.map(\.least) == [0, 1, 0] && files.problem.mentors.map(\.most) == [1, 2, 1])
    let result = try files.problem.solve(.coverage)
    #expect(result.objective.pairs == 2 && result.objective.short == 0)
  }

  @Test("a skill close to the one needed makes a pair of less weight")
  func graph() throws {
    let mentees = "mentee,needs,languages,slots\nx,spark:1:3,en,18-20\n"
    try #expect(Self.names(Self.files(Self.mentors, mentees)) == [])
    let near = try Self.files(Self.mentors, mentees, skills: "a,b\nsql,spark\n")
    #expect(Self.names(near) == ["x-ann", "x-bob"])
    let exact = try Self.files(Self.mentors, mentees.replacing("spark", with: "sql"))
    #expect(near.problem.table.weight(of: 0) < exact.problem.table.weight(of: 0))
  }

  @Test("a session needs so many half hours in a row")
  func length() throws {
    let long = Self.mentees.replacing("x,sql:1:3,en,18-20,,30", with: "x,sql:1:3,en,18-20,,60")
    try #expect(Self.names(Self.files(Self.mentors, long)) == ["x-ann", "y-cat"])
    let slots = try WeekSlots("62-66;127-129")
    #expect(slots.count == 6 && slots.first == 62 && slots.starts(minutes: 60).count == 4 && slots.starts(minutes: 61).count == 2)
  }

  @Test("whoever finds no place among the best gets a look at everybody")
  func widening() throws {
    // 60 mentors suit all; the best 50 of the 51 mentees are the same ones, with one place each.
    var mentors = "mentor,capacity,skills,languages,slots,minutes\n"
    for number in 0..<60 { mentors += "m\(number),1,sql:\(number < 50 ? 4 : 5),en,0-48,60\n" }
    var mentees = "mentee,needs,languages,slots\n"
    for number in 0..<55 { mentees += "e\(number),sql:2:4,en,0-48\n" }
    let files = try Self.files(mentors, mentees)
    try #expect(files.problem.solve(.coverage).objective.pairs == 55)
    #expect(files.problem.table.count > 55 * TraitPairs.perMentee && files.problem.table.count < 55 * 60)
  }

  @Test(
    "a row that cannot be read names its file and line",
    arguments: [
      ("sql:9", "mentors.csv line 2: out of range: 9"), ("sql", "mentors.csv line 2: not skill:level: 'sql'"),
      (":3", "mentors.csv line 2: not skill:level: ':3'"), ("sql:x", "mentors.csv line 2: not an integer: 'x'"),
    ])
  func faults(_ skills: String, _ said: String) throws {
    let fault = #expect(throws: RowFault.self) {
      try Self.files("mentor,capacity,skills,languages,slots\na,1,\(skills),en,0-2\n", Self.mentees)
    }
    #expect(fault?.description == said)
  }

  @Test(
    "half hours, needs and columns that cannot be read are told",
    arguments: [
      ("mentee,needs,languages,slots\nx,sql:1:3,en,20-18\n", "mentees.csv line 2: half hours that end before they begin: '20-18'"),
      ("mentee,needs,languages,slots\nx,sql:1:3,en,0-337\n", "mentees.csv line 2: out of range: 337"),
      ("mentee,needs,languages,slots\nx,sql:3:3,en,0-3\n", "mentees.csv line 2: a need that ends below where it begins: 'sql:3:3'"),
      ("mentee,needs,languages\nx,sql:1:3,en\n", "mentees.csv line 1: no column 'slots'"),
      ("mentee,needs,languages,slots\nx,sql:1:3,en\n", "mentees.csv line 2: wrong number of fields"),
    ])
  func menteeFaults(_ mentees: String, _ said: String) throws {
    let fault = #expect(throws: RowFault.self) { try Self.files(Self.mentors, mentees) }
    #expect(fault?.description == said)
  }
}
