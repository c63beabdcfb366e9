// Feeds a target the committed corpus and simple mutations of it, in the ordinary run of the tests.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "hostile.h"

namespace {

constexpr std::size_t kMutations = 64;  // of each kind, spread over the file

std::vector<std::string> corpus() {
  std::vector<std::string> samples;
  for (const auto& entry : std::filesystem::directory_iterator(CORPUS)) {
    std::ifstream in(entry.path(), std::ios::binary);
    samples.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
  }
  return samples;
}

void feed(const std::string& bytes) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

template <class Mutate>
void feed_mutations(const Mutate& mutate) {
  for (const std::string& sample : corpus()) {
    const std::size_t step = std::max<std::size_t>(1, sample.size() / kMutations);
    for (std::size_t at = 0; at < sample.size(); at += step) feed(mutate(sample, at));
  }
}

TEST(HostileBytes, OfTheCorpusAreSurvived) {
  ASSERT_FALSE(corpus().empty());
  for (const std::string& sample : corpus()) feed(sample);
}

TEST(HostileBytes, CutShortAreSurvived) {
  feed_mutations([](const std::string& sample, std::size_t at) { return sample.substr(0, at); });
}

TEST(HostileBytes, WithAFlippedByteAreSurvived) {
  feed_mutations([](std::string sample, std::size_t at) {
    sample[at] = static_cast<char>(sample[at] ^ 0x81);
    return sample;
  });
}

TEST(HostileBytes, WithADoubledPieceAreSurvived) {
  feed_mutations([](std::string sample, std::size_t at) { return sample.insert(at, sample.substr(at / 2, 200)); });
}

}  // namespace
