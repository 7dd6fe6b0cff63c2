/// Which points a guest may add next to the sum that it just added one to, as it did so far.
///
/// Guests that multiply by a scalar bit by bit double one or two points and add them to a sum, or do not. So
/// what comes after one addend is told by where the next one was, and how often what is there was doubled
/// meanwhile: what came most often after an addend from there.
struct AddendForecast {
    /// Where an addend comes from.
    struct Source: Equatable {
        /// The number of the place.
        var place = 0
        /// How often what is there was doubled since the addend before.
        var doublingCount = 0
    }

    private struct Known {
        var source = Source()
        var weight = 0
    }

    /// For each place, what came after addends from there, the likeliest first.
    private var known = InlineArray<4, InlineArray<4, Known>>(
        repeating: InlineArray(repeating: Known()))

    /// How often each place's point was doubled, and how often it was at the addend before.
    private var doublingCounts = InlineArray<4, Int>(repeating: 0)
    private var countsBefore = InlineArray<4, Int>(repeating: 0)
    private var placeBefore: Int?

    /// The number of places.
    static var placeCount: Int { 4 }

    /// The point at a place was doubled.
    mutating func noteDoubling(at place: Int) { doublingCounts[place] &+= 1 }

    /// A place has a new meaning.
    mutating func forget(_ place: Int) {
        known[place] = InlineArray(repeating: Known())
        if placeBefore == place { placeBefore = nil }
    }

    /// The point at a place was added to a sum; nil for a point from elsewhere.
    mutating func noteAddend(from place: Int?) {
        if let before = placeBefore, let place {
            let count = doublingCounts[place] &- countsBefore[place]
            if count <= Self.doublingCountMax {
                learn(Source(place: place, doublingCount: count), after: before)
            }
        }
        (placeBefore, countsBefore) = (place, doublingCounts)
    }

    /// A source of the next addend, the likeliest first; nil for an index behind the last. `mutating` because
    /// the compiler copies all of this to lend it to a method that is not.
    mutating func next(_ index: Int) -> Source? {
        guard let placeBefore, known[placeBefore][index].weight > 0 else { return nil }
        return known[placeBefore][index].source
    }

    private mutating func learn(_ source: Source, after place: Int) {
        var list = known[place]
        // The last one makes room for what is new.
        var index = 0
        while index < list.count - 1, list[index].weight > 0, list[index].source != source {
            index += 1
        }
        if list[index].source != source { list[index] = Known(source: source, weight: 0) }
        list[index].weight += 1
        if index > 0, list[index].weight > list[index - 1].weight {
            list.swapAt(index, index - 1)
        }
        if list[0].weight == Self.weightMax {
            // What was long ago counts less.
            for index in list.indices { list[index].weight /= 2 }
        }
        known[place] = list
    }

    /// When weights are halved.
    private static var weightMax: Int { 64 }

    /// How often the point of an addend may be doubled since the one before, for it to be followed: two
    /// addends further apart are hardly foreseen.
    private static var doublingCountMax: Int { 8 }
}
