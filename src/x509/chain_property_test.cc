#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "x509/chain.h"
#include "x509/revocation.h"
#include "x509/test_chain.h"
#include "x509/test_crl.h"
#include "x509/test_property.h"

// Paths of any depth, and what becomes of them when anything in them changes.
namespace everseal::x509 {
namespace {

using testing::ca_with;
using testing::check;
using testing::Draft;
using testing::noon;

const crypto::PrivateKey& some_key() {
  static const std::array keys = {testing::new_key(), testing::new_key(), testing::new_key()};
  return keys.at(*rc::gen::inRange<std::size_t>(0, keys.size()));
}

std::vector<Extension> some_ca_extensions(std::uint32_t cas_below) {
  std::optional<std::uint32_t> path_length;
  if (*rc::gen::arbitrary<bool>()) path_length = cas_below + *rc::gen::inRange(0U, 3U);
  std::vector<Extension> others;
  if (*rc::gen::arbitrary<bool>()) {
    others.push_back(to_extension(KeyUsage::of({KeyUsageBit::KeyCertSign, KeyUsageBit::CrlSign}),
                                  Criticality::Critical));
  }
  auto extensions = ca_with({}, {.ca = true, .path_length = path_length});
  extensions.insert(extensions.end(), others.begin(), others.end());
  return extensions;
}

// A leaf below up to five CAs, each with a name of its own.
std::vector<Certificate> some_path() {
  constexpr std::array<std::string_view, 6> kNames = {"leaf",  "one",  "two",
                                                      "three", "four", "five"};
  const auto last = *rc::gen::inRange<std::size_t>(1, kNames.size());
  std::vector<const crypto::PrivateKey*> keys;
  for (std::size_t index = 0; index <= last; ++index) keys.push_back(&some_key());
  std::vector<Certificate> path;
  for (std::size_t index = 0; index <= last; ++index) {
    const std::size_t above = std::min(index + 1, last);
    Draft draft{.subject = kNames[index],
                .issuer = kNames[above],
                .extensions = {},
                .key = *keys[index],
                .issuer_key = *keys[above]};
    if (index > 0) draft.extensions = some_ca_extensions(static_cast<std::uint32_t>(index - 1));
    path.push_back(draft.signed_certificate());
  }
  return path;
}

bool is_valid(std::span<const Certificate> path) {
  return validate_chain(path, {.at = noon}).has_value();
}

Bytes with_a_flipped_bit(ByteView octets) {
  Bytes changed = to_bytes(octets);
  const auto bit = *rc::gen::inRange<std::size_t>(0, 8 * changed.size());
  changed[bit / 8] = static_cast<std::uint8_t>(changed[bit / 8] ^ 1U << bit % 8);
  return changed;
}

TEST(ChainProperty, a_path_of_any_depth_is_valid_and_none_with_a_bit_flipped_is) {
  check([] {
    auto path = some_path();
    RC_ASSERT(is_valid(path));
    for (int round = 0; round < 10; ++round) {
      const auto index = *rc::gen::inRange<std::size_t>(0, path.size());
      const auto changed = Certificate::parse(with_a_flipped_bit(path[index].der()));
      if (!changed) continue;
      auto flipped = path;
      flipped[index] = *changed;
      RC_ASSERT(!is_valid(flipped));
    }
  });
}

TEST(ChainProperty, no_path_is_valid_with_two_elements_swapped_or_one_missing) {
  check([] {
    const auto path = some_path();
    const auto index = *rc::gen::inRange<std::size_t>(0, path.size());
    const auto other = *rc::gen::suchThat(rc::gen::inRange<std::size_t>(0, path.size()),
                                          [&](std::size_t chosen) { return chosen != index; });
    auto swapped = path;
    std::swap(swapped[index], swapped[other]);
    RC_ASSERT(!is_valid(swapped));
    auto shorter = path;
    shorter.erase(shorter.begin() + static_cast<std::ptrdiff_t>(index));
    // Without its leaf a path is that of the CA above.
    RC_ASSERT(is_valid(shorter) == (index == 0));
  });
}

TEST(ChainProperty, no_path_is_valid_with_the_key_of_one_element_changed) {
  check([] {
    const auto path = some_path();
    const auto index = *rc::gen::inRange<std::size_t>(1, path.size());
    auto changed = path;
    const std::string subject = *path[index].subject().first(oids::kOrganization);
    const std::string issuer = *path[index].issuer().first(oids::kOrganization);
    const auto key = testing::new_key();
    changed[index] = Draft{.subject = subject,
                           .issuer = issuer,
                           .extensions = ca_with({}),
                           .key = key,
                           .issuer_key = key}
                         .signed_certificate();
    RC_ASSERT(!is_valid(changed));
  });
}

TEST(RevocationProperty, a_crl_with_a_bit_flipped_tells_nothing) {
  const Certificate ca = Draft{"ca", "ca"}.signed_certificate();
  const Certificate leaf = Draft{"leaf", "ca", {}}.signed_certificate();
  const auto told = [&](ByteView der) -> Revocation {
    const auto crl = Crl::parse(der);
    if (!crl) return Undetermined{crl.error().cause};
    return revocation_of(leaf, std::span(&ca, 1), {.crls = std::span(&*crl, 1), .at = noon});
  };
  for (const auto serial : {"01", "02"}) {
    const Bytes der =
        testing::TestCrl{.issuer = testing::organization("ca"), .run = testing::entry(serial)}.der(
            testing::the_key());
    ASSERT_FALSE(std::holds_alternative<Undetermined>(told(der)));
    check([&] { RC_ASSERT(std::holds_alternative<Undetermined>(told(with_a_flipped_bit(der)))); });
  }
}

}  // namespace
}  // namespace everseal::x509
