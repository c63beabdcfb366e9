#include "edge/http/prefill.h"

#include <fmt/format.h>

#include <algorithm>

#include "edge/http/render_report.h"
#include "edge/http/wording.h"
#include "view/instructions.h"
#include "view/reports.h"

namespace anlan::edge {
namespace {

using Names = std::vector<std::string_view>;
const Names kCasualties{"dead", "missing", "serious", "injured", "trapped"};
const Names kImpact{"evacuated", "affected", "loss_yuan", "burnt_ha", "magnitude"};

constexpr std::int64_t kHandlingLimit = 4000, kTextLimitOfParts = 2000;

// What the sender has told this receiver before: a follow-up says what is new since.
struct Earlier : report::Earlier {
  std::optional<Instant> last_sent;
};

Earlier earlier_on(const Page& page, const incident::Incident& i, const std::string& to) {
  Earlier found;
  for (const auto& row : view::reports_of(page.sql, i.id, page.organisation())) {
    if (row.sender != page.organisation() || row.receiver != to) continue;
    const auto report = read_report(page, row.id);
    if (!report.ok()) continue;
    report::count(found, *report, i.reopened_at);
    for (const auto& version : report->versions)
      if (version.sent) found.last_sent = std::max(found.last_sent.value_or(version.sent->at), version.sent->at);
  }
  return found;
}

Earlier earlier(const Page& page, const incident::Incident& i, const std::string& to) {
  const auto of = [&](const std::string& id) { return state::replay<incident::Incident>(page.sql, id); };
  Earlier found = earlier_on(page, i, to);
  for (const std::string& id :
       incident::all_absorbed(i, [&](const std::string& absorbed) { return of(absorbed).absorbed; })) {
    const Earlier before = earlier_on(page, of(id), to);
    report::count_absorbed(found, before);
    found.last_sent = std::max(found.last_sent, before.last_sent);
  }
  return found;
}

// As limits of fields are counted: not in bytes.
std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

// Whole lines, the latest ones where not all have room.
std::string lines_within(const std::vector<std::string>& lines, std::int64_t limit) {
  std::size_t from = lines.size(), used = 0;
  while (from > 0) {
    used += characters(lines[from - 1]) + 1;
    if (used > static_cast<std::size_t>(limit)) break;
    --from;
  }
  return fmt::format("{}", fmt::join(lines.begin() + static_cast<std::ptrdiff_t>(from), lines.end(), "\n"));
}

std::optional<std::string> unless_empty(std::string text) {
  return text.empty() ? std::nullopt : std::optional(std::move(text));
}

// Writes the parts of one report. Official texts are Chinese, whoever asks.
class Writer {
 public:
  Writer(const Page& page, const History& history, report::Kind kind, std::optional<Instant> since)
      : page_(page),
        history_(history),
        now_(history.incident.now),
        words_(page, Locale::kChinese),
        kind_(kind),
        since_(kind == report::Kind::kFollowUp ? since : std::nullopt) {
    for (const std::string& id : view::instructions_of(page.sql, history.incident.id, page.organisation()))
      instructions_.push_back(state::replay<instruction::Instruction>(page.sql, id));
  }

  report::Content content() const {
    report::Content c;
    c.situation = situation();
    if (kind_ == report::Kind::kFirst || kind_ == report::Kind::kFollowUp) c.cause = words_.text("prefill.cause");
    c.casualties = casualties();
    c.impact = impact();
    c.handling = unless_empty(lines_within(handling(), kHandlingLimit));
    c.next_steps = unless_empty(lines_within(next_steps(), kTextLimitOfParts));
    c.figures = now_.figures;
    add_contact(c);
    return c;
  }

 private:
  std::string situation() const {
    const bool known = now_.occurred_at.has_value();
    std::string text = words_.text(known ? "prefill.situation" : "prefill.situation_time_unknown",
                                   {{"at", words_.moment(now_.occurred_at.value_or(now_.learnt_at))},
                                    {"type", render::event_type_name(page_, now_.type)},
                                    {"place", render::place_name(page_, now_.place)}});
    if (now_.unit && !now_.unit->empty()) text += words_.text("prefill.unit", {{"unit", *now_.unit}});
    if (since_) text += words_.text("prefill.since", {{"at", words_.moment(*since_)}});
    if (!since_) text += words_.sentence(now_.summary);
    if (now_.grade != grade::Grade::kUngraded)
      text += words_.text(now_.grade_confirmed ? "prefill.grade_confirmed" : "prefill.grade_proposed",
                          {{"grade", words_.word("grade", name_of(now_.grade))}});
    return text;
  }

  // The statement that gave the adopted figures, then what other sources say otherwise.
  std::string casualties() const {
    const auto& statements = history_.incident.statements;
    std::vector<std::string> lines{figures_of_adopted(kCasualties, "prefill.casualties")};
    if (lines.front().empty()) lines.front() = words_.text("prefill.casualties_unknown");
    for (std::size_t i = 0; i < statements.size(); ++i) {
      const std::string said = words_.figures(statements[i].figures, kCasualties);
      const bool differs = incident::overlaid(now_.figures, statements[i].figures) != now_.figures;
      if (history_.proposed_headline[i] || said.empty() || !differs || restated(i)) continue;
      lines.push_back(words_.text(
          "prefill.conflicting",
          {{"at", words_.moment(statements[i].at)}, {"figures", said}, {"source", history_.source(page_, i)}}));
    }
    return lines_within(lines, kTextLimitOfParts);
  }

  std::optional<std::string> impact() const { return unless_empty(figures_of_adopted(kImpact, "prefill.impact")); }

  std::string figures_of_adopted(const Names& names, std::string_view key) const {
    const auto& statements = history_.incident.statements;
    const auto adopted = std::ranges::find_if(statements, &incident::FigureStatement::adopted);
    const std::string said = words_.figures(now_.figures, names);
    if (said.empty() || adopted == statements.end()) return {};
    const auto i = static_cast<std::size_t>(adopted - statements.begin());
    return words_.text(key,
                       {{"at", words_.moment(adopted->at)}, {"figures", said}, {"source", history_.source(page_, i)}});
  }

  // Whether the same source said something later.
  bool restated(std::size_t i) const {
    const auto& statements = history_.incident.statements;
    return std::any_of(statements.begin() + static_cast<std::ptrdiff_t>(i) + 1, statements.end(),
                       [&](const auto& later) { return later.source == statements[i].source; });
  }

  struct Line {
    Instant at;
    std::string text;
  };

  std::vector<std::string> handling() const {
    std::vector<Line> lines;
    const auto add = [&](Instant at, std::string_view key, Texts::Values values) {
      if (since_ && at <= *since_) return;
      values.insert(values.begin(), {"at", words_.moment(at)});
      lines.push_back({at, words_.sentence(words_.text(key, values))});
    };
    const auto& organisations = page_.directory.organisations;
    if (now_.measures && !now_.measures->empty() && !since_)
      lines.push_back({now_.learnt_at, words_.sentence(*now_.measures)});
    for (const auto& call : history_.parties.calls)
      add(call.report.at, "prefill.phoned",
          {{"to", organisations.short_name(call.report.to)}, {"said", call.report.said.value_or("")}});
    for (const auto& note : history_.notes) add(note.record.at, "prefill.noted", {{"text", note.text}});
    for (const auto& i : instructions_) {
      add(i.given.given_at, "prefill.instructed",
          {{"given_by", giver(i)}, {"to", words_.organisations(i.given.to)}, {"text", i.given.text}});
      for (const auto& p : i.progress)
        add(p.at, "prefill.progressed", {{"organisation", organisations.short_name(p.organisation)}, {"text", p.text}});
    }
    std::ranges::stable_sort(lines, {}, &Line::at);
    std::vector<std::string> texts;
    for (auto& line : lines) texts.push_back(std::move(line.text));
    return texts;
  }

  std::vector<std::string> next_steps() const {
    std::vector<std::string> lines;
    for (const auto& i : instructions_)
      if (!i.result)
        lines.push_back(words_.sentence(
            words_.text("prefill.next",
                        {{"given_by", giver(i)}, {"to", words_.organisations(i.given.to)}, {"text", i.given.text}})));
    return lines;
  }

  // 张三局长: name and post.
  std::string giver(const instruction::Instruction& i) const {
    const auto* person = page_.directory.organisations.person(i.given.given_by);
    return person ? words_.text("prefill.person", {{"name", person->name}, {"post", person->post}}) : i.given.given_by;
  }

  // The chief of the shift, else whoever asks; a telephone that is not theirs is the desk's.
  void add_contact(report::Content& c) const {
    const auto shift = state::shift_of(page_.sql, page_.organisation());
    const auto& register_ = page_.directory.organisations;
    const auto* person = register_.person(shift.chief.empty() ? page_.viewer.person : shift.chief);
    const auto* organisation = register_.organisation(page_.organisation());
    if (person) c.contact_name = person->name;
    if (person && person->phone)
      c.contact_phone = person->phone;
    else if (organisation)
      c.contact_phone = organisation->phone;
  }

  const Page& page_;
  const History& history_;
  const incident::Opened& now_;
  Wording words_;
  report::Kind kind_;
  std::optional<Instant> since_;
  std::vector<instruction::Instruction> instructions_;
};

}  // namespace

std::vector<const organisation::Organisation*> receivers_of(const Page& page, const std::string& organisation) {
  std::vector<const organisation::Organisation*> found;
  for (const auto* above : page.directory.organisations.above(organisation))
    if (above->active) found.push_back(above);
  return found;
}

bool has_more_to_report(const Page& page, const incident::Incident& i) {
  const auto receivers = receivers_of(page, page.organisation());
  return !receivers.empty() && !earlier(page, i, receivers.front()->id).ended;
}

Outcome<Prefilled> prefill(const Page& page, const History& history, std::optional<report::Kind> kind,
                           const std::string& to) {
  const Earlier before = earlier(page, history.incident, to);
  if (before.ended) return refuse(RefusalKind::kRule, "report.after_final", "kind");
  Prefilled filled;
  filled.kind = kind.value_or(before.first_sent ? report::Kind::kFollowUp : report::Kind::kFirst);
  filled.ordinal = filled.kind == report::Kind::kFollowUp ? before.follow_ups + 1 : 0;
  filled.to = to;
  filled.title = page.texts.get(Locale::kChinese, "prefill.title_" + std::string(name_of(filled.kind)),
                                {{"ordinal", std::to_string(filled.ordinal)}, {"title", history.incident.now.title}});
  filled.content = Writer(page, history, filled.kind, before.last_sent).content();
  return filled;
}

}  // namespace anlan::edge
