#pragma once
// Whole nodes on which a scenario is played: the executor, every view, the policy of clocks; time moves by the script
// alone. What is expected of an incident, a report or an instruction must be so on every node that knows of it.

#include <functional>
#include <map>
#include <memory>

#include "document/bulletin.h"
#include "scenario/platform.h"
#include "scenario/script.h"

namespace anlan::scenario {

class Stage {
 public:
  explicit Stage(std::vector<clock::Rule> clock_rules, const Topology& = {});

  // One line. Throws Wrong; a refusal waits for the next line to expect it.
  void play(const Line&);
  // Throws Wrong where the last step was refused and nothing expected it.
  void end() const;

  // All facts that were recorded on the nodes, each once.
  std::vector<journal::Fact> facts();

 private:
  struct Actor {
    std::string organisation, account;
  };
  using Verb = void (Stage::*)(Cursor&, const Actor&);
  struct Step {
    std::string_view phrase;
    Verb verb;
  };
  static const std::vector<Step>& steps();
  using Question = void (Stage::*)(Cursor&);
  struct Expectation {
    std::string_view phrase;
    Question question;
  };
  static const std::vector<Expectation>& expectations();
  using OwnQuestion = void (Stage::*)(Cursor&, const std::string& organisation);
  struct OwnExpectation {
    std::string_view phrase;
    OwnQuestion question;
  };
  static const std::vector<OwnExpectation>& own_expectations();

  // What the node itself or the script does (stage.cpp).
  void advance(Instant to);
  void act(Cursor&);
  bool set_up(Cursor&);
  void begin_callouts();
  Actor actor(Cursor&);
  std::string organisation(Cursor&);
  bool is_organisation(const Cursor&) const;
  std::string division(Cursor&);
  std::string id(const std::string& name) const;
  std::string incident(Options&);
  std::string last_incident() const;
  Instant past(std::string_view word) const;  // the latest moment of that time of day up to now
  Instant coming(std::string_view word) const;
  grade::Figures figures(Options&) const;
  void submit(const Actor&, command::Command, const std::string& target = {}, const std::string& name = {});
  void submit(command::TestNode&, command::Envelope, const std::string& name = {});
  // The state on every node that has it; at least one.
  template <class State>
  std::vector<State> states(const std::string& id) {
    std::vector<State> found;
    for (auto* node : platform_.all())
      if (auto state = node->state<State>(id); state.exists()) found.push_back(std::move(state));
    if (found.empty()) throw Wrong("nobody knows of it");
    return found;
  }

  // Steps (steps_*.cpp).
  void take_over(Cursor&, const Actor&);
  void take_down(Cursor&, const Actor&);
  void report_by_phone(Cursor&, const Actor&);
  void state_figures(Cursor&, const Actor&);
  void correct(Cursor&, const Actor&);
  void set_grade(Cursor&, const Actor&);
  void note(Cursor&, const Actor&);
  void close(Cursor&, const Actor&);
  void reopen(Cursor&, const Actor&);
  void merge(Cursor&, const Actor&);
  void offer(Cursor&, const Actor&);
  void withdraw_offer(Cursor&, const Actor&);
  void accept_offer(Cursor&, const Actor&);
  void reject_offer(Cursor&, const Actor&);
  void claim(Cursor&, const Actor&);
  void reveal(Cursor&, const Actor&);
  void erase(Cursor&, const Actor&);
  void draft(Cursor&, const Actor&);
  void revise(Cursor&, const Actor&);
  void sign(Cursor&, const Actor&);
  void send(Cursor&, const Actor&);
  void accept(Cursor&, const Actor&);
  void give_back(Cursor&, const Actor&);
  void instruct(Cursor&, const Actor&);
  void progress(Cursor&, const Actor&);
  void close_instruction(Cursor&, const Actor&);
  void explain(Cursor&, const Actor&);
  void receive_alert(Cursor&, const Actor&);
  void receive_intake(Cursor&, const Actor&);
  void dismiss(Cursor&, const Actor&);
  void complete(Cursor&, warning::Content&, std::string* name);
  void draft_warning(Cursor&, const Actor&);
  void revise_warning(Cursor&, const Actor&);
  void sign_warning(Cursor&, const Actor&);
  void decline_warning(Cursor&, const Actor&);
  void cancel_warning(Cursor&, const Actor&);
  void withdraw_warning(Cursor&, const Actor&);

  void note_call(Cursor&, const Actor&);
  void note_answer(Cursor&, const Actor&);
  void answer_link(Cursor&, const Actor&);
  void accept_warning(Cursor&, const Actor&);
  void decline_to_act(Cursor&, const Actor&);

  // Expectations (expect_*.cpp).
  void expect(Cursor&);
  void expect_refusal(Cursor&);
  void expect_incident(Cursor&);
  void expect_offer(Cursor&);
  void expect_figures(Cursor&);
  void expect_statements(Cursor&);
  void expect_grade(Cursor&);
  void expect_report(Cursor&);
  void expect_instruction(Cursor&);
  void expect_candidate(Cursor&);
  void expect_warning(Cursor&);
  void expect_document(Cursor&);
  void expect_facts(Cursor&);
  void expect_owes_nothing(Cursor&, const std::string&);
  void expect_owes(Cursor&, const std::string&);
  void expect_met(Cursor&, const std::string&);
  void expect_overdue(Cursor&, const std::string&);
  void expect_reminded(Cursor&, const std::string&);
  void expect_released(Cursor&, const std::string&);
  void expect_owns(Cursor&, const std::string&);
  void expect_sees(Cursor&, const std::string&);
  void expect_does_not_see(Cursor&, const std::string&);
  void expect_inbox(Cursor&, const std::string&);
  void expect_no_inbox(Cursor&, const std::string&);
  void expect_calls(Cursor&, const std::string&);
  callout::Callout callout(Cursor&, const std::string& organisation, std::string* id = nullptr);
  std::vector<clock::Clock> clocks(const std::string& organisation, clock::Leg, const std::string& incident);
  bool sees(const std::string& organisation, const std::string& stream_end);
  std::vector<std::string> inbox(const std::string& organisation);

  Platform platform_;
  std::map<std::string, std::string> names_;  // given by "as"
  std::string incident_;                      // the one last spoken of
  std::optional<Refusal> refused_;
};

// The words of the official document of a report, as it would be printed.
std::string document_text(command::TestNode&, const std::string& report);

}  // namespace anlan::scenario
