/// What the mentors of one pool have in common: their load together, their mean rating, who reports to whom, how skills relate.
public struct Pool: Sendable {
  /// All minutes given in the last 28 days, plus all credits.
  public var minutesGiven: Int
  /// The sum of all weekly budgets in minutes.
  public var weeklyBudgets: Int
  /// The organisation's mean rating in thousandths, 1000...5000.
  public var meanRating: Int
  /// Who reports to whom.
  public var reporting: ReportingLines
  /// How skills relate.
  public var skillGraph: SkillGraph

  /// Makes a pool from known totals.
  public init(
    minutesGiven: Int, weeklyBudgets: Int, meanRating: Int = 4000, reporting: ReportingLines = ReportingLines(),
    skillGraph: SkillGraph = SkillGraph()
  ) {
    self.minutesGiven = minutesGiven
    self.weeklyBudgets = weeklyBudgets
    self.meanRating = meanRating
    self.reporting = reporting
    self.skillGraph = skillGraph
  }

  /// Makes a pool whose members are exactly these mentors.
  public init(
    of mentors: [Candidate], meanRating: Int = 4000, reporting: ReportingLines = ReportingLines(), skillGraph: SkillGraph = SkillGraph()
  ) {
    var given = 0
    var budgets = 0
    for load in mentors.map(\.load) {
      given = (given + load.minutesGiven.clamped(to: Bounds.minutes) + load.creditMinutes.clamped(to: Bounds.minutes))
        .clamped(to: Bounds.minutes)
      budgets = (budgets + load.weeklyBudget.clamped(to: Bounds.minutes)).clamped(to: Bounds.minutes)
    }
    self.init(minutesGiven: given, weeklyBudgets: budgets, meanRating: meanRating, reporting: reporting, skillGraph: skillGraph)
  }

  /// The minutes out of the last 28 days that fall to a mentor of this weekly budget.
  public func fairPart(weeklyBudget: Int) -> Int {
    let budgets = weeklyBudgets.clamped(to: Bounds.minutes)
    guard budgets > 0 else { return 0 }
    return minutesGiven.clamped(to: Bounds.minutes) * weeklyBudget.clamped(to: Bounds.minutes) / budgets
  }

  /// The credit in minutes of a mentor who was not there for some of the last 28 days: newly joined, or away.
  ///
  /// It equals what an average mentor of that budget was given meanwhile, so that nobody is flooded on arrival or return.
  public func credit(weeklyBudget: Int, absentDays: Int) -> Int {
    fairPart(weeklyBudget: weeklyBudget).clamped(to: Bounds.minutes) * absentDays.clamped(to: 0...28) / 28
  }
}
