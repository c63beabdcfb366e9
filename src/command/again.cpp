#include "command/again.h"

#include <algorithm>

#include "codec/fact.h"
#include "command/fits.h"

namespace anlan::command {
namespace {

// Of one fact, before the state of its noun with the lost history in it.
struct Judge {
  Memory& memory;
  const journal::Fact& fact;
  std::string id;  // what follows the first word of the stream's name

  template <class Other>
  bool operator()(const Other&) {
    return true;
  }

  // Behind a release nobody writes in its segment (docs/decisions/0023-the-owner-releases.md).
  bool is_open_segment() {
    const auto segment = incident::segment_of(fact.stream);
    const auto& i = incident();
    return !segment || !i.exists() || (segment->epoch == i.epoch && !i.released) ||
           (fact.version == 1 && segment->epoch == i.next_epoch());
  }
  // What its owner ended, took up again or joined with another one in the lost history is so already.
  bool operator()(const incident::Closed&) { return incident().state == incident::State::kOpen; }
  bool operator()(const incident::Reopened&) { return incident().state == incident::State::kClosed; }
  bool operator()(const incident::Merged&) { return incident().state != incident::State::kMerged; }
  bool operator()(const incident::Absorbed& f) {
    return std::ranges::find(incident().absorbed, f.ended) == incident().absorbed.end();
  }
  // Offers are counted: one under a number that is taken would be mistaken for the other.
  bool operator()(const incident::Offered& f) { return f.offer == incident().offers + 1; }
  bool operator()(const incident::OfferWithdrawn& f) { return stands(f.to, f.offer); }
  bool operator()(const incident::Released& f) {
    const auto& claims = parties().claims;
    return stands(f.to, incident().offers) || std::ranges::any_of(claims, [&](const incident::MadeClaim& claim) {
             return claim.organisation == f.to && claim.epoch == f.epoch;
           });
  }
  bool operator()(const incident::TakenOver&) { return fact.version == 1; }

  // Once for each organisation, offer and epoch.
  bool operator()(const incident::Joined& f) { return !parties().find(f.organisation); }
  bool operator()(const incident::OfferAccepted& f) { return !answered(f.epoch, f.offer); }
  bool operator()(const incident::OfferRejected& f) { return !answered(f.epoch, f.offer); }
  bool operator()(const incident::Claimed& f) {
    const std::string by = last_part();
    return std::ranges::none_of(parties().claims, [&](const incident::MadeClaim& claim) {
      return claim.organisation == by && claim.epoch == f.epoch;
    });
  }

  // Once for each version. A receipt may name one that is not here.
  bool operator()(const report::Signed& f) { return !version(f.version)->signed_off; }
  bool operator()(const report::Sent& f) { return !version(f.version)->sent; }
  bool operator()(const report::Received& f) { return !version(f.version) || !version(f.version)->received; }
  bool operator()(const report::Accepted& f) { return !version(f.version) || !version(f.version)->receipt; }
  bool operator()(const report::Returned& f) { return !version(f.version) || !version(f.version)->receipt; }

  bool operator()(const instruction::Closed&) {
    return !memory.get<instruction::Instruction>(id, fact.world).closed_at;
  }

  // One clock of a leg runs at a time, and what is met or released says nothing more.
  bool operator()(const clock::Started& f) {
    return std::ranges::none_of(
        clocks().items, [&](const clock::Clock& clock) { return clock.started.leg == f.leg && clock.pending(); });
  }
  bool operator()(const clock::Reminded& f) { return pends(f.clock) && clocks().find(f.clock)->reminded < f.percent; }
  bool operator()(const clock::Overdue& f) { return pends(f.clock) && !clocks().find(f.clock)->overdue_at; }
  bool operator()(const clock::Met& f) { return pends(f.clock); }
  bool operator()(const clock::Released& f) { return pends(f.clock); }

 private:
  std::string first_part() const { return id.substr(0, id.find_first_of("/@")); }
  std::string last_part() const { return id.substr(id.rfind('/') + 1); }
  const incident::Incident& incident() { return memory.get<incident::Incident>(first_part(), fact.world); }
  const incident::Parties& parties() { return memory.get<incident::Parties>(first_part(), fact.world); }
  const clock::Clocks& clocks() { return memory.get<clock::Clocks>(id, fact.world); }
  bool pends(const std::string& clock) {
    const auto* found = clocks().find(clock);
    return found && found->pending();
  }
  bool stands(const std::string& to, std::int64_t number) {
    const auto& offer = incident().offer;
    return offer && offer->to == to && offer->number == number;
  }
  bool answered(std::int64_t epoch, std::int64_t offer) {
    const std::string by = last_part();
    return std::ranges::any_of(parties().answers, [&](const incident::OfferAnswer& answer) {
      return answer.organisation == by && answer.epoch == epoch && answer.offer == offer;
    });
  }
  // Null for what the report's own stream has not brought.
  const report::Version* version(std::int64_t number) {
    const auto& r = memory.get<report::Report>(id, fact.world);
    return number >= 1 && number <= static_cast<std::int64_t>(r.versions.size())
               ? &r.versions[static_cast<std::size_t>(number - 1)]
               : nullptr;
  }
};

template <class Variant>
bool judged(Judge& judge) {
  const auto known = codec::known<Variant>(judge.fact.type, judge.fact.body);
  return !known || std::visit(judge, *known);
}

// Of what was met by a paper, the paper.
std::string proof_of(const journal::Fact& fact) {
  if (fact.type != clock::Met::kType) return {};
  return std::get<clock::Met>(codec::decode<clock::Fact>(fact.type, fact.body)).proof.stream;
}

bool is_report(const std::string& stream) { return stream.starts_with("report/"); }

}  // namespace

bool Again::holds(const journal::Fact& fact) {
  if (follows(fact)) return true;
  left_out_.insert(fact.stream);
  return false;
}

bool Again::follows(const journal::Fact& fact) {
  if (is_report(fact.stream) && was_left_out(fact.stream)) return false;
  if (const auto proof = proof_of(fact); is_report(proof) && was_left_out(proof)) return false;
  if (misfit(memory_, node_, fact)) return false;
  Judge judge{memory_, fact, fact.stream.substr(fact.stream.find('/') + 1)};
  return judge.is_open_segment() && judged<incident::Fact>(judge) && judged<incident::PartyFact>(judge) &&
         judged<report::Fact>(judge) && judged<report::ReceiptFact>(judge) && judged<instruction::Fact>(judge) &&
         judged<clock::Fact>(judge);
}

}  // namespace anlan::command
