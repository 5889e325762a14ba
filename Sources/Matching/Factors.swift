/// The factors besides skill fit. Each gives 0...1000 points in integers.
extension PreparedNeed {
  func share(_ factor: Factor, of candidate: Candidate) -> Share {
    switch factor {
    case .skillFit: skillFit(of: candidate)
    case .soon: soon(candidate)
    case .fairLoad: fairLoad(candidate)
    case .answers: answers(candidate)
    case .rating: rating(candidate)
    case .language: language(candidate)
    case .crossing: crossing(candidate)
    case .newFaces: newFaces(candidate)
    case .waitingMentor: Share(0, .lastOffered(days: candidate.record.daysSinceOffered))
    case .passedOn: Share(0, .passedOn(times: need.timesPassedOn))
    }
  }

  /// Six tenths for an early first slot, four tenths for a choice of up to five.
  private func soon(_ candidate: Candidate) -> Share {
    guard need.kind.needsSlot else { return Share(1000, .written) }
    guard let slots = candidate.pair.slots else { return Share(0, .slots(minutesToFirst: 0, count: 0)) }
    let horizon = need.urgency.horizonMinutes
    let first = slots.minutesToFirst.clamped(to: 0...horizon)
    let count = slots.count.clamped(to: Bounds.count)
    return Share(
      600 * (horizon - first) / horizon + 400 * min(count, 5) / 5,
      .slots(minutesToFirst: slots.minutesToFirst.clamped(to: Bounds.minutes), count: count))
  }

  /// 500 for exactly the fair part; a shortfall of four sessions or more gives 1000, an excess of four or more gives 0.
  private func fairLoad(_ candidate: Candidate) -> Share {
    let load = candidate.load
    let given = load.minutesGiven.clamped(to: Bounds.minutes) + load.creditMinutes.clamped(to: Bounds.minutes)
    let fair = pool.fairPart(weeklyBudget: load.weeklyBudget).clamped(to: Bounds.minutes)
    let shortfall = fair - given
    return Share(
      500 + 500 * shortfall / (4 * max(1, sessionMinutes)),
      load.isHidden ? .hiddenLoad : .load(shortfallMinutes: shortfall))
  }

  private func answers(_ candidate: Candidate) -> Share {
    let offered = candidate.record.offered.clamped(to: Bounds.count)
    let answered = candidate.record.answered.clamped(to: 0...offered)
    return Share((answered + 3) * 1000 / (offered + 4), .answers(answered: answered, offered: offered))
  }

  /// The mean rating drawn towards the organisation's by five imagined ratings; rating 1 is 0 points, rating 5 is 1000.
  ///
  /// Ratings of the topic come first. Fewer than three ratings count as none, or the points would give them away.
  private func rating(_ candidate: Candidate) -> Share {
    let mean = pool.meanRating.clamped(to: 1000...5000)
    let known = [candidate.record.topicRatings, candidate.record.allRatings].first { $0.count >= 3 }
    guard let known else { return Share((mean - 1000) / 4, .new) }
    let count = known.count.clamped(to: Bounds.count)
    let sum = known.sum.clamped(to: count...(5 * count))
    return Share(((1000 * sum + 5 * mean) / (count + 5) - 1000) / 4, .rated(mean: 1000 * sum / count, count: count))
  }

  /// 1000 for the asker's preferred language, 250 less for each place further down; recurring kinds count it half and an eight-hour
  /// overlap of working hours the other half.
  private func language(_ candidate: Candidate) -> Share {
    guard let place = need.languages.firstIndex(where: candidate.languages.contains) else { return Share(0, .noLanguage) }
    let spoken = max(0, 1000 - 250 * min(place, 4))
    let code = need.languages[place]
    guard need.kind.isRecurring else { return Share(spoken, .language(code: code, place: place, overlapMinutes: nil)) }
    let overlap = candidate.pair.overlapMinutes.clamped(to: 0...1440)
    return Share(
      (spoken + 1000 * min(overlap, 480) / 480) / 2, .language(code: code, place: place, overlapMinutes: overlap))
  }

  private func crossing(_ candidate: Candidate) -> Share {
    switch need.crossing {
    case .none, .forbidden: Share(500, .noCrossingWish)
    case .wished, .required:
      isFromAnotherDepartment(candidate) == true ? Share(1000, .crossing(met: true)) : Share(0, .crossing(met: false))
    }
  }

  private func newFaces(_ candidate: Candidate) -> Share {
    let cooldown = need.cooldownDays.clamped(to: Bounds.count)
    guard let days = candidate.pair.daysSinceMet?.clamped(to: Bounds.count), cooldown > 0 else {
      return Share(1000, .lastMet(days: candidate.pair.daysSinceMet))
    }
    return Share(1000 * min(days, cooldown) / cooldown, .lastMet(days: days))
  }

  /// `nil` when a department is unknown.
  func isFromAnotherDepartment(_ candidate: Candidate) -> Bool? {
    guard let own = need.department, let other = candidate.department else { return nil }
    return own != other
  }
}
