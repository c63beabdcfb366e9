#include "mutants.h"

#include <array>
#include <string>

namespace anlan {
namespace sim {
namespace {

std::string planted;

using enum Kind;
constexpr std::array kMerging{kTakeDown, kPhone, kPhone, kReport, kMerge, kMerge, kMerge, kClose, kClose};
constexpr std::array kInstructing{kTakeDown, kPhone, kPhone, kInstruct, kInstruct, kInstruct, kClose};

constexpr std::array kReporting{kTakeDown, kPhone, kReport, kReport, kReport, kReport, kDecide, kDecide};
constexpr std::array kMovingOn{kTakeDown, kPhone, kPhone, kMerge, kMerge, kOffer, kOffer, kReply, kReply, kClaim};
constexpr std::array kHandingOver{kTakeDown, kTakeDown, kPhone, kPhone, kClaim, kClaim, kOffer, kReply};
constexpr std::array kWarning{kWarn, kWarn, kWarn, kCallOut, kCallOut, kEndWarning};

constexpr std::array kMistakes{
    Mistake{"place one too far", "a place noted beyond what was taken in"},
    Mistake{"no reaction to others", "what a fact of another node calls for is not recorded"},
    Mistake{"no reaction to a reaction", "only the first of a chain of reactions is recorded"},
    Mistake{"answers not kept", "a repeated command is done again"},
    Mistake{"others not absorbed", "the writer decides on states without the facts of other nodes"},
    Mistake{"receipt of the first version", "a receipt names another version than was sent", kReporting},
    Mistake{"no receipt", "reports arrive and nobody says so"},
    Mistake{"closing releases nothing", "clocks of a closed incident run on"},
    Mistake{"nothing absorbed", "a merging is not noted by the other incident's owner"},
    Mistake{"only the first is instructed", "of several receivers one joins"},
    Mistake{"calls are not heard", "who was called does not join"},
    Mistake{"joining again", "an organisation joins twice"},
    Mistake{"merged clocks run on what is closed", "merging into a closed incident starts clocks", kMerging},
    Mistake{"asked for on what is closed", "an instruction that comes after the closing starts clocks", kInstructing},
    Mistake{"known from the first", "clocks count from before the node knew"},
    Mistake{"everybody is here", "a node writes for organisations of others"},
    Mistake{"numbers not counted", "an organisation gives a number twice"},
    Mistake{"the story before is not sent", "who comes into scope lacks what was before"},
    Mistake{"news without its story", "what goes ahead of a long backlog comes without what was before"},
    Mistake{"sent back", "facts return to where they came from"},
    Mistake{"sent to everybody", "facts leave their scope"},
    Mistake{"the sending without the draft", "a report is sent without what it says"},
    Mistake{"calls tell nobody", "who was called does not get the incident"},
    Mistake{"merging tells nobody", "who knew of the one incident does not get the other"},
    Mistake{"receipts stay", "the sender does not get the receipt"},
    Mistake{"drafts are read", "drafts reach their receiver before they are sent"},
    Mistake{"clocks stay", "clocks do not reach to whom the report is owed"},
    Mistake{"clocks before stay", "clocks that ran before somebody was told do not reach them"},
    Mistake{"offers are not heard", "who is offered an incident does not join"},
    Mistake{"offers tell nobody", "who is offered an incident does not get it"},
    Mistake{"accepted whatever stands", "an acceptance of what was withdrawn or released is answered by a release"},
    Mistake{"taken without a release", "who claims an incident takes it over before its owner has released it"},
    Mistake{"nobody takes over", "what was released stays without an owner"},
    Mistake{"all waits", "lines of a restored node wait for one another", kHandingOver},
    Mistake{"handing over releases nothing", "clocks of who has handed an incident over run on"},
    Mistake{"nothing referred", "what is merged into an incident that was handed over meanwhile is lost", kMovingOn},
    Mistake{"numbers begin anew", "a restarted node numbers its facts from one"},
    Mistake{"chain broken by others", "facts of other nodes do not continue the chain"},
    Mistake{"a new version calls nobody", "who was called on an older version is not called on the new one", kWarning},
    Mistake{"called after the answer", "the next one is called although somebody has answered", kWarning},
    Mistake{"calling stays", "those above do not see whom a town calls", kWarning},
    Mistake{"calling goes on", "people are called on a warning that is over", kWarning},
    Mistake{"a view passes one over", "a view does not see each fact"},
};

}  // namespace

std::span<const Mistake> mistakes() { return kMistakes; }
void plant(std::string_view mistake) { planted = mistake; }

}  // namespace sim

bool is_planted(std::string_view mistake) { return mistake == sim::planted; }

}  // namespace anlan
