#include "main/demo/story.h"

#include <algorithm>
#include <array>

#include "main/toml_row.h"

namespace anlan::demo {
namespace {

constexpr std::string_view kBase = "/api/v1", kMinute = "_minute";

// Where a command is posted to.
struct Address {
  std::string_view action, before, after;  // of the id
};

constexpr std::array kAddresses{Address{"duty.take_over", "/duty/shift", ""},
                                Address{"incident.take_down", "/incidents", ""},
                                Address{"incident.state_figures", "/incidents/", "/figures"},
                                Address{"incident.correct", "/incidents/", "/corrections"},
                                Address{"incident.set_grade", "/incidents/", "/grade"},
                                Address{"incident.note", "/incidents/", "/notes"},
                                Address{"incident.report_by_phone", "/incidents/", "/phone-reports"},
                                Address{"incident.close", "/incidents/", "/close"},
                                Address{"incident.reopen", "/incidents/", "/reopen"},
                                Address{"report.draft", "/incidents/", "/reports"},
                                Address{"report.revise", "/reports/", "/versions"},
                                Address{"report.sign", "/reports/", "/sign"},
                                Address{"report.send", "/reports/", "/send"},
                                Address{"report.decide", "/reports/", "/receipt"},
                                Address{"instruction.give", "/incidents/", "/instructions"},
                                Address{"instruction.report_progress", "/instructions/", "/progress"},
                                Address{"instruction.close", "/instructions/", "/close"}};

// What the file writes in TOML goes out as the JSON of the interface.
boost::json::value to_json(const toml::node& node) {
  if (const auto* table = node.as_table()) {
    boost::json::object object;
    for (const auto& [key, value] : *table) object[std::string(key.str())] = to_json(value);
    return object;
  }
  if (const auto* list = node.as_array()) {
    boost::json::array array;
    for (const auto& element : *list) array.push_back(to_json(element));
    return array;
  }
  if (const auto flag = node.value_exact<bool>()) return *flag;
  if (const auto number = node.value_exact<std::int64_t>()) return *number;
  if (const auto number = node.value_exact<double>()) return *number;
  return boost::json::string(node.value_or(std::string()));
}

// One [[step]]; its fields are kept as written until the story is told.
Step read_step(TomlRow& row) {
  Step step;
  step.at_minute = row.integer("at_minute", -24 * 60, 30 * 24 * 60);
  step.actor = row.text("actor");
  step.action = row.text("action");
  step.on = row.optional_text("on").value_or("");
  step.as = row.optional_text("as").value_or("");
  step.zh = row.text("zh");
  step.en = row.text("en");
  if (const auto* fields = row.table("fields")) step.fields = to_json(*fields).as_object();
  if (!address_of(step.action, "")) row.mistake("action", "word", {{"value", step.action}, {"allowed", "README.md"}});
  return step;
}

// Empty where the answer has no such member.
std::string text_of(const boost::json::value& body, const char* key) {
  const auto* object = body.if_object();
  const auto* member = object ? object->if_contains(key) : nullptr;
  return member && member->is_string() ? std::string(member->as_string()) : std::string();
}

boost::json::value parse(const std::string& text) {
  boost::json::error_code error;
  auto value = boost::json::parse(text, error);
  return error ? boost::json::value() : value;
}

// What the node said, in its own words.
Failure refusal(const http::Response& response) {
  const auto body = parse(response.content());
  return {std::to_string(response.status) + " " + text_of(body, "title") + ": " + text_of(body, "detail")};
}

}  // namespace

Result<Story, Mistakes> read_story(const std::string& file) {
  Story story;
  Mistakes mistakes = each_row(file, "step",
                               [&](TomlRow& row) {
                                 story.steps.push_back(read_step(row));
                                 story.steps.back().key = "story-" + std::to_string(story.steps.size());
                               },
                               {"title", "title_en"});
  if (!mistakes.empty()) return mistakes;
  const auto root = read_toml(file);
  story.title = root->at("title").value_or(std::string());
  story.title_en = root->at("title_en").value_or(story.title);
  return story;
}

std::optional<std::string> address_of(const std::string& action, const std::string& id) {
  const auto found = std::ranges::find(kAddresses, action, &Address::action);
  if (found == kAddresses.end()) return std::nullopt;
  std::string out = std::string(kBase).append(found->before);
  return found->after.empty() ? out : out.append(id).append(found->after);
}

// NAME_minute becomes NAME_at: the story is written in minutes, facts want moments.
std::string body_of(const Step& step, Instant call) {
  boost::json::object body;
  for (const auto& member : step.fields) {
    const std::string key = member.key();
    if (key.ends_with(kMinute))
      body[key.substr(0, key.size() - kMinute.size()) + "_at"] =
          to_rfc3339(call + Minutes{member.value().to_number<std::int64_t>()});
    else
      body[key] = member.value();
  }
  return boost::json::serialize(body);
}

Player::Player(std::uint16_t port, const City& city, const Clock& clock, std::string language)
    : port_(port), city_(city), clock_(clock), language_(std::move(language)) {}

// Signs in when the account first acts.
Result<Player::Session*> Player::session(const std::string& account) {
  if (const auto found = sessions_.find(account); found != sessions_.end()) return &found->second;
  const auto known = std::ranges::find(city_.accounts, account, &DemoAccount::name);
  if (known == city_.accounts.end()) return Failure{"no account " + account};
  Session session{http::Client("127.0.0.1", port_), {}};
  const boost::json::object body{{"account", account}, {"password", known->password}};
  const auto response = session.client.post(std::string(kBase) + "/session", boost::json::serialize(body),
                                            {{"Content-Type", "application/json"}, {"Accept-Language", language_}});
  if (!response.ok()) return response.error();
  if (response->status != 201) return refusal(*response);
  const std::string_view cookie = response->headers.get("Set-Cookie").value_or("");
  session.cookie = cookie.substr(0, cookie.find(';'));
  return &sessions_.emplace(account, std::move(session)).first->second;
}

Result<Done> Player::play(const Step& step) {
  const auto session = this->session(step.actor);
  if (!session.ok()) return session.error();
  const Instant now = clock_.now();
  if (!call_ && step.at_minute >= 0) call_ = now;
  const auto address = address_of(step.action, step.on.empty() ? "" : made_[step.on]);
  const auto response = (*session)->client.post(*address, body_of(step, call_.value_or(now)),
                                                {{"Content-Type", "application/json"},
                                                 {"Cookie", (*session)->cookie},
                                                 {"Accept-Language", language_},
                                                 {"Idempotency-Key", step.key}});
  if (!response.ok()) return response.error();
  if (response->status != 200 && response->status != 201) return refusal(*response);
  if (!step.as.empty()) made_[step.as] = text_of(parse(response->content()), "id");
  return Done{};
}

Result<std::string> Player::fetch(const std::string& actor, const std::string& as, const std::string& file) {
  const auto session = this->session(actor);
  if (!session.ok()) return session.error();
  const auto response = (*session)->client.get(std::string(kBase) + "/reports/" + made_[as] + "/" + file,
                                               {{"Cookie", (*session)->cookie}, {"Accept-Language", language_}});
  if (!response.ok()) return response.error();
  if (response->status != 200) return refusal(*response);
  return response->content();
}

}  // namespace anlan::demo
