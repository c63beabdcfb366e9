#include "document/bulletin.h"

#include <algorithm>

namespace anlan::document {
namespace {

// Text of several lines as one paragraph each.
void add_paragraphs(std::vector<Block>& body, std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    if (end > at) body.push_back(Paragraph{std::string(text.substr(at, end - at))});
    at = end + 1;
  }
}

class Composer {
 public:
  Composer(const BulletinInput& input, const BulletinWords& words) : in_(input), words_(words) {}

  OfficialDocument compose() && {
    head();
    basics();
    losses();
    assessment();
    handling();
    instructions();
    next_steps();
    reporting();
    timeline();
    foot();
    return std::move(document_);
  }

 private:
  std::string word(std::string_view name, const BulletinWords::Values& values = {}) const {
    return words_.word(name, values);
  }
  std::string of_kind(std::string_view prefix, const BulletinWords::Values& values) const {
    return word(std::string(prefix).append(name_of(in_.kind)), values);
  }
  void heading(std::string_view name) {
    document_.body.push_back(
        Heading{1, word("heading", {{"numeral", words_.numerals[headings_++]}, {"text", word(name)}})});
  }
  // What a person wrote, as a sentence that others can follow.
  std::string ended(const std::string& text) const {
    return text.empty() || text.ends_with(word("stop")) ? text : text + word("stop");
  }
  void paragraphs(std::string_view text) { add_paragraphs(document_.body, text); }
  void add(Block block) { document_.body.push_back(std::move(block)); }

  void head();
  void basics();
  void losses();
  void assessment();
  void handling();
  void instructions();
  void next_steps();
  void reporting();
  void timeline();
  void foot();
  std::string title() const;
  std::string opening() const;
  std::string outcome(const BulletinClock&) const;
  std::string progress(const BulletinInstruction&) const;

  const BulletinInput& in_;
  const BulletinWords& words_;
  OfficialDocument document_;
  std::size_t headings_ = 0;
};

std::string Composer::title() const {
  const std::string& title = in_.title.empty() ? in_.incident.title : in_.title;
  if (title.starts_with(word("about"))) return title;
  return of_kind("title_", {{"title", title}, {"ordinal", std::to_string(in_.ordinal)}});
}

void Composer::head() {
  document_.urgency = word(std::string("urgency_").append(name_of(in_.incident.grade)));
  document_.letterhead = of_kind("letterhead_", {{"ordinal", std::to_string(in_.ordinal)}});
  document_.number = word(in_.version > 1 ? "number_version" : "number",
                          {{"number", in_.number}, {"version", std::to_string(in_.version)}});
  document_.signer = in_.signer.empty() ? word("unsigned") : in_.signer;
  document_.issuing_body = in_.from;
  document_.date = in_.dated_at;
  document_.title = title();
  document_.addressees = in_.to;
  if (in_.drill) document_.marks.band = word("drill");
  if (in_.demo) document_.marks.note = word("demo");
}

std::string Composer::opening() const {
  const BulletinIncident& i = in_.incident;
  return word(i.occurred_at ? "opening" : "opening_unknown",
              {{"occurred", i.occurred_at ? words_.time(*i.occurred_at) : std::string()},
               {"place", i.place},
               {"type", i.type},
               {"learnt", words_.time(i.learnt_at)},
               {"organisation", in_.from},
               {"source", i.source}});
}

void Composer::basics() {
  const BulletinIncident& i = in_.incident;
  heading("basics");
  add(Paragraph{opening()});
  paragraphs(in_.content.situation);
  const std::string grade = word(std::string("grade_").append(name_of(i.grade)));
  add(FactTable{{{word("occurred"), i.occurred_at ? words_.short_time(*i.occurred_at) : word("unknown")},
                 {word("learnt"), words_.short_time(i.learnt_at)},
                 {word("type"), i.type},
                 {word("grade"), word(i.grade_confirmed ? "confirmed" : "proposed", {{"grade", grade}})},
                 {word("source"), i.source},
                 {word("place"), i.place}}});
}

void Composer::losses() {
  heading("losses");
  if (in_.content.casualties) paragraphs(*in_.content.casualties);
  if (!in_.content.casualties && in_.figures.empty()) add(Paragraph{word("nothing_stated")});
  if (in_.figures.empty()) return;
  Table table{{},
              {{word("item"), 2},
               {word("value"), 2, Align::kRight},
               {word("stated_by"), 4, Align::kLeft},
               {word("stated_at"), 3},
               {word("standing"), 1.5}},
              {}};
  for (const BulletinFigure& f : in_.figures)
    table.rows.push_back({f.label, f.value, f.source, words_.short_time(f.at), word(f.adopted ? "adopted" : "beside")});
  add(std::move(table));
}

void Composer::assessment() {
  const report::Content& c = in_.content;
  if (!c.cause && !c.impact && !c.trend) return;
  heading("assessment");
  std::size_t part = 0;
  for (const auto& [name, text] :
       {std::pair("cause", &c.cause), std::pair("impact", &c.impact), std::pair("trend", &c.trend)}) {
    if (!*text) continue;
    add(Heading{2, word("subheading", {{"numeral", words_.numerals[part++]}, {"text", word(name)}})});
    paragraphs(**text);
  }
}

void Composer::handling() {
  heading("handling");
  paragraphs(in_.content.handling.value_or(word("in_progress")));
}

std::string Composer::progress(const BulletinInstruction& i) const {
  std::string told;
  for (const BulletinProgress& p : i.progress)
    told +=
        word("progress", {{"at", words_.short_time(p.at)}, {"organisation", p.organisation}, {"text", ended(p.text)}});
  return told;
}

void Composer::instructions() {
  if (in_.instructions.empty()) return;
  heading("instructions");
  for (const BulletinInstruction& i : in_.instructions) {
    paragraphs(word("instruction",
                    {{"at", words_.short_time(i.at)}, {"by", i.by}, {"post", i.post}, {"text", ended(i.text)}}));
    paragraphs(i.result ? word("instruction_closed", {{"progress", progress(i)}, {"result", ended(*i.result)}})
                        : word("instruction_open", {{"progress", progress(i)}}));
  }
}

void Composer::next_steps() {
  const bool ends = in_.kind == report::Kind::kFinal;
  if (in_.content.next_steps || !ends) {
    heading("next_steps");
    paragraphs(in_.content.next_steps.value_or(word("follow_up_promise")));
  }
  if (!in_.content.requests) return;
  heading("requests");
  paragraphs(*in_.content.requests);
}

std::string Composer::outcome(const BulletinClock& c) const {
  const std::string minutes = std::to_string((c.late_s + 59) / 60);
  switch (c.state) {
    case clock::State::kRunning:
      return word("running");
    case clock::State::kReleased:
      return word("released");
    case clock::State::kOverdue:
      return word("overdue");
    case clock::State::kMet:
      break;
  }
  if (c.late_s == 0) return word("in_time");
  return c.reason ? word("late_reason", {{"minutes", minutes}, {"reason", *c.reason}})
                  : word("late", {{"minutes", minutes}});
}

void Composer::reporting() {
  if (in_.clocks.empty() && in_.receipts.empty()) return;
  heading("reporting");
  if (!in_.clocks.empty()) {
    Table table{{}, {{word("leg"), 2.5}, {word("due"), 3}, {word("met"), 3}, {word("outcome"), 4, Align::kLeft}}, {}};
    for (const BulletinClock& c : in_.clocks)
      table.rows.push_back(
          {c.leg, words_.short_time(c.due), c.met ? words_.short_time(*c.met) : std::string(), outcome(c)});
    add(std::move(table));
  }
  for (const BulletinReceipt& r : in_.receipts)
    add(Paragraph{word(name_of(r.decision), {{"version", std::to_string(r.version)},
                                             {"at", words_.short_time(r.at)},
                                             {"by", r.by},
                                             {"reason", ended(r.reason.value_or(""))}})});
}

void Composer::timeline() {
  if (in_.timeline.empty()) return;
  Table table{{}, {{word("at"), 2}, {word("what"), 8, Align::kLeft}}, {}};
  for (const BulletinLine& line : in_.timeline) table.rows.push_back({words_.short_time(line.at), line.text});
  document_.attachments.push_back({word("timeline"), {std::move(table)}});
}

void Composer::foot() {
  document_.signature = Signature{in_.from, false};
  document_.contact = in_.content.contact_name.value_or(in_.drafter);
  document_.phone = in_.content.contact_phone.value_or(in_.duty_phone);
  document_.copy_to = in_.copy_to;
  document_.printed_by = in_.from;
  document_.printed = in_.dated_at;
}

}  // namespace

OfficialDocument bulletin(const BulletinInput& input, const BulletinWords& words) {
  return Composer(input, words).compose();
}

}  // namespace anlan::document
