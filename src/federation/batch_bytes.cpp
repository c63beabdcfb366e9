#include <algorithm>
#include <numeric>

#include "codec/json_read.h"
#include "codec/json_write.h"
#include "federation/batch.h"
#include "journal/block_bytes.h"
#include "platform/deflate/deflate.h"

namespace anlan::federation {
namespace {

constexpr std::int64_t kMostPosition = journal::kLastSequence;

// The first line of a batch; the parts follow it, of these sizes. `order` numbers the facts of all parts on end.
struct Head {
  std::int64_t form = 0;
  std::string sender;
  std::int64_t after_since = 0, after_position = 0, upto_since = 0, upto_position = 0;
  std::vector<std::int64_t> sizes, order;
  static constexpr auto fields = std::tuple{field("form", &Head::form),
                                            field("sender", &Head::sender, 40),
                                            field("after_since", &Head::after_since, kMostPosition),
                                            field("after_position", &Head::after_position, kMostPosition),
                                            field("upto_since", &Head::upto_since, kMostPosition),
                                            field("upto_position", &Head::upto_position, kMostPosition),
                                            field("sizes", &Head::sizes, kMostFacts),
                                            field("order", &Head::order, kMostFacts)};
};

std::optional<Head> head_in(std::string_view line) {
  const auto head = json::from_text<Head>(line, json::Unknown::kPassedOver);
  if (!head.ok() || head->form < 1 || head->form > kForm || head->sender.empty()) return std::nullopt;
  return *head;
}

// What stays of the head in all forms.
struct Form {
  std::int64_t form = 0;
  static constexpr auto fields = std::tuple{field("form", &Form::form)};
};

// Each fact of the parts exactly once.
bool is_order_of(std::vector<std::int64_t> order, std::size_t facts) {
  std::ranges::sort(order);
  std::vector<std::int64_t> all(facts);
  std::iota(all.begin(), all.end(), 0);
  return order == all;
}

}  // namespace

bool is_of_later_form(std::string_view packed) {
  if (packed.size() > kMostPacked) return false;
  const auto bytes = deflate::unpack(packed, kMostUnpacked);
  if (!bytes) return false;
  const auto form =
      json::from_text<Form>(std::string_view(*bytes).substr(0, bytes->find('\n')), json::Unknown::kPassedOver);
  return form.ok() && form->form > kForm;
}

std::string to_bytes(const Batch& batch, std::int64_t form) {
  ANLAN_ASSERT(form >= 1 && form <= kForm);
  Head head{form, batch.sender, batch.after.since, batch.after.position, batch.upto.since, batch.upto.position, {}, {}};
  std::vector<std::size_t> begins;
  std::string bytes;
  std::size_t facts = 0;
  for (const auto& part : batch.parts) {
    const std::string one = journal::to_bytes(part);
    head.sizes.push_back(static_cast<std::int64_t>(one.size()));
    bytes += one;
    begins.push_back(facts);
    facts += part.facts.size();
  }
  for (const auto& [part, fact] : batch.order) head.order.push_back(static_cast<std::int64_t>(begins[part] + fact));
  return deflate::pack(json::to_text(head) + "\n" + bytes);
}

std::optional<Batch> batch_in(std::string_view packed) {
  if (packed.size() > kMostPacked) return std::nullopt;
  const auto bytes = deflate::unpack(packed, kMostUnpacked);
  const std::size_t end = bytes ? bytes->find('\n') : std::string::npos;
  if (end == std::string::npos) return std::nullopt;
  const auto head = head_in(std::string_view(*bytes).substr(0, end));
  if (!head) return std::nullopt;
  Batch batch{head->sender, {head->after_since, head->after_position}, {head->upto_since, head->upto_position}, {}, {}};
  if (batch.upto < batch.after) return std::nullopt;
  std::string_view rest = std::string_view(*bytes).substr(end + 1);
  std::vector<std::pair<std::size_t, std::size_t>> facts;
  for (const std::int64_t size : head->sizes) {
    if (static_cast<std::size_t>(size) > rest.size()) return std::nullopt;
    auto part = journal::part_in(rest.substr(0, static_cast<std::size_t>(size)));
    if (!part) return std::nullopt;
    rest.remove_prefix(static_cast<std::size_t>(size));
    for (std::size_t i = 0; i < part->facts.size(); ++i) facts.emplace_back(batch.parts.size(), i);
    batch.parts.push_back(std::move(*part));
  }
  if (!rest.empty() || !is_order_of(head->order, facts.size())) return std::nullopt;
  for (const std::int64_t number : head->order) batch.order.push_back(facts[static_cast<std::size_t>(number)]);
  return batch;
}

}  // namespace anlan::federation
