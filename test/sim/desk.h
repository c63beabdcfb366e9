#pragma once
// The officers of the organisations: each step of work is tried on what the organisation knows at that moment, as its
// own node tells. A later part of the platform adds its work here: a kind of step, and what the desk does then.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "node.h"
#include "steps.h"

namespace anlan::sim {

class Desk {
 public:
  // How a command goes to the node; nullopt where the node failed while it ran.
  using Submit = std::function<std::optional<command::Outcome>(Node&, const command::Envelope&)>;

  // The organisation has the name of its node.
  Desk(Node& node, const Step& step, const std::vector<std::string>& everybody, const Submit& submit);
  void work();

 private:
  bool ask(const std::string& account, command::Command, const std::string& target = {});
  std::vector<std::string> texts(std::string_view select);  // about this organisation
  std::vector<std::string> instructions(const std::string& beginning);
  std::vector<std::string> reports(const std::string& incident);
  std::optional<std::string> any_of(const std::vector<std::string>&);
  std::vector<std::string> incidents();
  std::optional<std::string> superior();
  std::string some_organisation();

  void take_down();
  void phone();
  void report();
  void draft(const std::string& incident, const std::string& to);
  bool go_on(const std::string& report);
  bool revise(const std::string& report);
  void decide();
  void instruct();
  void answer();
  void state_figures();
  void correct();
  void grade();
  void close();
  void merge();
  void explain();
  void take_over();
  void offer();
  void withdraw();
  void reply();
  void claim();
  std::vector<std::string> warnings(std::string_view states);
  void warn();
  void end_warning();
  void go_on_calling();

  Node& node_;
  const Step step_;
  const std::vector<std::string>& everybody_;
  const Submit& submit_;
  Chance chance_;
  const std::string organisation_;
};

}  // namespace anlan::sim
