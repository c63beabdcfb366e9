#include "base/texts.h"

namespace anlan {

void Texts::add(Locale locale, std::string key, std::string text) {
  texts_[static_cast<std::size_t>(locale)][std::move(key)] = std::move(text);
}

bool Texts::has(Locale locale, std::string_view key) const {
  return texts_[static_cast<std::size_t>(locale)].contains(key);
}

std::string Texts::get(Locale locale, std::string_view key, const Values& values) const {
  const auto& texts = texts_[static_cast<std::size_t>(locale)];
  const auto found = texts.find(key);
  return found == texts.end() ? std::string(key) : fill(found->second, values);
}

std::string fill(std::string text, const Texts::Values& values) {
  for (const auto& [name, value] : values) {
    const std::string place = "{" + name + "}";
    for (std::size_t at = 0; (at = text.find(place, at)) != std::string::npos; at += value.size())
      text.replace(at, place.size(), value);
  }
  return text;
}

std::vector<std::string> Texts::missing() const {
  std::vector<std::string> keys;
  for (const auto& [here, there] : {std::pair(0, 1), std::pair(1, 0)})
    for (const auto& [key, text] : texts_[static_cast<std::size_t>(here)])
      if (!texts_[static_cast<std::size_t>(there)].contains(key)) keys.push_back(key);
  return keys;
}

}  // namespace anlan
