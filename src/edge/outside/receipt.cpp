#include "edge/outside/receipt.h"

#include <algorithm>

#include "codec/json_read.h"

namespace anlan::edge::outside {
namespace {

struct Answer {
  std::optional<Receipt> receipt;
  static constexpr auto fields = std::tuple{field("receipt", &Answer::receipt)};
};
struct Next {
  std::optional<std::string> next;
  static constexpr auto fields = std::tuple{field("next", &Next::next, 200)};
};
struct File {
  std::int64_t form = 0;
  std::vector<Receipt> receipts;
  static constexpr auto fields =
      std::tuple{field("form", &File::form, 1), field("receipts", &File::receipts, kMostReceipts)};
};

// It goes into the address of the next asking as it is.
bool is_cursor(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' ||
           c == '.';
  });
}

template <class T>
std::optional<T> read(std::string_view body, json::Unknown unknown) {
  if (body.size() > kMostReceiptBytes) return std::nullopt;
  auto value = json::from_text<T>(body, unknown);
  return value.ok() ? std::optional(std::move(*value)) : std::nullopt;
}

}  // namespace

std::optional<Receipts> receipts_in_answer(std::string_view body) {
  if (body.empty()) return Receipts{};
  auto answer = read<Answer>(body, json::Unknown::kPassedOver);
  if (!answer) return std::nullopt;
  Receipts receipts;
  if (answer->receipt) receipts.items.push_back(std::move(*answer->receipt));
  return receipts;
}

std::optional<Receipts> receipts_in_list(std::string_view body) {
  auto next = read<Next>(body, json::Unknown::kPassedOver);
  if (!next || !is_cursor(next->next.value_or(""))) return std::nullopt;
  const auto list = json::parse(body).value();
  const auto* items = list.as_object().if_contains("items");
  if (!items || !items->is_array() || items->as_array().size() > kMostReceipts) return std::nullopt;
  Receipts receipts{{}, next->next.value_or("")};
  for (const auto& item : items->as_array()) {
    auto receipt = json::from_value<Receipt>(item, json::Unknown::kPassedOver);
    receipt.ok() ? receipts.items.push_back(std::move(*receipt)) : static_cast<void>(++receipts.unreadable);
  }
  return receipts;
}

std::optional<Receipts> receipts_in_file(std::string_view body) {
  auto file = read<File>(body, json::Unknown::kFault);
  if (!file || file->form != 1) return std::nullopt;
  return Receipts{std::move(file->receipts), {}, 0};
}

}  // namespace anlan::edge::outside
