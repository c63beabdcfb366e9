#include "codec/known_facts.h"

#include "base/result.h"
#include "codec/fact.h"
#include "domain/account/facts.h"
#include "domain/alert/facts.h"
#include "domain/callout/facts.h"
#include "domain/candidate/facts.h"
#include "domain/channel/facts.h"
#include "domain/clock/facts.h"
#include "domain/contact/facts.h"
#include "domain/duty/facts.h"
#include "domain/incident/facts.h"
#include "domain/instruction/facts.h"
#include "domain/node/facts.h"
#include "domain/organisation/facts.h"
#include "domain/personal_data/facts.h"
#include "domain/reach/facts.h"
#include "domain/report/facts.h"
#include "domain/warning/facts.h"

namespace anlan::codec {
namespace {

template <class... Variants>
struct All {
  static bool has(std::string_view type) { return (is<Variants>(type) || ...); }
  static std::optional<Refusal> fault(std::string_view type, std::string_view body) {
    std::optional<Refusal> found;
    ((is<Variants>(type) && (found = Nouns<Variants>::fault(type, body), true)) || ...);
    return found;
  }
};
using Known = All<incident::Fact, incident::PartyFact, report::Fact, report::ReceiptFact, instruction::Fact,
                  clock::Fact, candidate::Fact, warning::Fact, alert::Fact, callout::Fact, reach::Fact, contact::Fact,
                  channel::Fact, duty::Fact, organisation::Fact, organisation::PersonFact, node::Fact,
                  node::HistoryFact, account::Fact, personal_data::Fact>;

}  // namespace

bool is_known(std::string_view type) { return Known::has(type); }

std::optional<Refusal> unreadable(std::string_view type, std::string_view body) {
  ANLAN_ASSERT(is_known(type));
  return Known::fault(type, body);
}

}  // namespace anlan::codec
