// The register of nodes: who is in contact, what waits, since when.

#include <algorithm>
#include <map>

#include "edge/http/pages.h"
#include "edge/http/render.h"
#include "edge/http/routes.h"

namespace anlan::edge {
namespace {

using federation::Standing;

// Organisations that work on each node, the highest first.
using Working = std::map<std::string, std::vector<const organisation::Organisation*>>;

Working working_on(const state::Directory& directory) {
  Working working;
  for (const auto& [id, o] : directory.organisations.organisations)
    if (o.active && !o.external) working[o.node].push_back(&o);
  for (auto& [node, organisations] : working)
    std::ranges::stable_sort(organisations,
                             [](const auto* one, const auto* other) { return one->level < other->level; });
  return working;
}

void write_waiting(std::string& out, const std::optional<federation::Waiting>& waiting) {
  if (!waiting) return void(out += "null");
  json::Object object(out);
  object.member("facts", waiting->facts);
  object.member("more", waiting->more);
  object.nullable("since", waiting->since);
}

void write_statement(std::string& out, const std::optional<federation::Statement>& own) {
  if (!own) return void(out += "null");
  json::Object object(out);
  object.member("release", own->release);
  object.member("engine", own->engine);
  object.member("started_at", own->started_at);
  object.member("head", own->head);
  object.nullable("disk_free_mib", own->disk_free_mib);
  object.nullable("disk_mib", own->disk_mib);
  object.member("refuses", own->refuses);
  object.member("restored", own->restored.value_or(false));
  write_waiting(object.key("up"), own->up);
}

// Where a node is reached is for those who look after the system.
bool sees_addresses(const Page& page) { return page.organisation().empty(); }

class Tree {
 public:
  Tree(const Page& page, const std::vector<Standing>& standings) : page_(page), working_(working_on(page.directory)) {
    for (const Standing& standing : standings) {
      const auto* node = page.directory.nodes.find(standing.told.node);
      const bool under = node && node->parent && page.directory.nodes.find(*node->parent);
      under_[under ? *node->parent : std::string()].push_back(&standing);
    }
  }

  // The nodes below one, each behind the one above it.
  void write_below(const std::string& above, std::int64_t depth) {
    for (const Standing* standing : under_[above]) {
      if (!out_.empty()) out_ += ',';
      write_node(*standing, depth);
      write_below(standing->told.node, depth + 1);
    }
  }
  const std::string& written() const { return out_; }

 private:
  void write_node(const Standing& standing, std::int64_t depth) {
    const auto& told = standing.told;
    const auto* node = page_.directory.nodes.find(told.node);
    const auto& organisations = working_[told.node];
    json::Object object(out_);
    object.member("id", told.node);
    object.member("name", node ? node->name : told.node);
    object.nullable("parent", node ? node->parent : std::nullopt);
    object.member("depth", depth);
    object.nullable("level", organisations.empty() ? std::nullopt : std::optional(organisations.front()->level));
    json::write_list(object.key("organisations"), organisations,
                     [&](std::string& o, const auto* one) { render::organisation(o, page_, one->id); });
    object.member("relation", standing.relation);
    object.member("conditions", standing.conditions);
    object.nullable("since", standing.since);
    object.nullable("contact_at", told.contact_at);
    object.nullable("told_by", filled(standing.told_by));
    object.nullable("address", sees_addresses(page_) ? filled(standing.address) : std::nullopt);
    const auto ahead = standing.clock_ahead();
    object.nullable("clock_ahead_ms", ahead ? std::optional<std::int64_t>(ahead->count()) : std::nullopt);
    object.nullable("heard_at", told.heard_at);
    write_waiting(object.key("down"), told.down);
    object.member("refused", told.refused);
    write_statement(object.key("own"), told.own);
  }

  static std::optional<std::string> filled(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(text);
  }

  const Page& page_;
  Working working_;
  std::map<std::string, std::vector<const Standing*>> under_;  // by the node above; at the top by nobody
  std::string out_;
};

}  // namespace

Body pages::nodes(Page& page, const std::vector<Standing>& standings) {
  Tree tree(page, standings);
  tree.write_below({}, 0);
  return render::items(page, [&](std::string& out) { out += "[" + tree.written() + "]"; });
}

Route nodes_route(Standings standings) {
  using enum account::Role;
  const auto answer = [standings = std::move(standings)](Page& asked) { return pages::nodes(asked, standings(asked)); };
  return answering(
      page("/api/v1/nodes", answer, Access::kRoles,
           {kDutyOfficer, kCountyOfficer, kTownOfficer, kLeader, kSystemAdmin, kSecurityAdmin, kAuditAdmin}),
      "RegisteredNode[]");
}

}  // namespace anlan::edge
