#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "asn1/der.h"
#include "asn1/der_reader.h"
#include "asn1/der_writer.h"
#include "asn1/oid.h"
#include "asn1/pem.h"
#include "asn1/time.h"

namespace everseal::asn1 {
namespace {

// Writes some tree of values, at most `levels` deep.
void write_tree(DerWriter& out, int levels) {
  switch (*rc::gen::inRange(0, levels > 0 ? 9 : 7)) {
    case 0:
      return out.boolean(*rc::gen::arbitrary<bool>());
    case 1:
      return out.integer(*rc::gen::arbitrary<std::uint64_t>());
    case 2:
      return out.octet_string(*rc::gen::arbitrary<Bytes>());
    case 3:
      return out.bit_string(*rc::gen::arbitrary<Bytes>());
    case 4:
      return out.named_bits(*rc::gen::arbitrary<std::uint16_t>());
    case 5:
      return out.null();
    case 6:
      return out.element(context(3), *rc::gen::arbitrary<Bytes>());
    default:
      out.sequence([&] {
        const int count = *rc::gen::inRange(0, 4);
        for (int index = 0; index < count; ++index) write_tree(out, levels - 1);
      });
  }
}

// Reads a tree and writes what it found.
void copy_tree(DerReader& in, DerWriter& out) {
  const Tag tag = in.next_tag();
  if (!is_constructed(tag)) return out.element(tag, in.element(tag));
  in.constructed(tag, [&](DerReader& inner) {
    out.constructed(tag, [&] {
      while (!inner.at_end()) copy_tree(inner, out);
    });
  });
}

Bytes some_tree() {
  DerWriter out;
  write_tree(out, 4);
  return std::move(out).take();
}

// One change that leaves another sequence of octets.
Bytes mutated(Bytes octets) {
  const auto at = *rc::gen::inRange<std::size_t>(0, octets.size());
  const auto place = octets.begin() + static_cast<std::ptrdiff_t>(at);
  switch (*rc::gen::inRange(0, 3)) {
    case 0:
      *place = static_cast<std::uint8_t>(*place ^ *rc::gen::inRange(1, 256));
      break;
    case 1:
      octets.erase(place);
      break;
    default:
      octets.insert(place, *rc::gen::arbitrary<std::uint8_t>());
  }
  return octets;
}

constexpr int kMutations = 100;  // of each example

void check(const std::function<void()>& property) { ASSERT_TRUE(rc::check(property)); }

TEST(DerProperty, what_is_written_is_der_and_copies_to_the_same_octets) {
  check([] {
    const Bytes der = some_tree();
    RC_ASSERT(Der::parse(der).has_value());
    DerReader in(der);
    DerWriter out;
    copy_tree(in, out);
    RC_ASSERT(in.finish("tree").has_value());
    RC_ASSERT(std::move(out).take() == der);
  });
}

TEST(DerProperty, nothing_may_follow_or_be_missing) {
  check([] {
    Bytes der = some_tree();
    const auto length = *rc::gen::inRange<std::size_t>(0, der.size());
    RC_ASSERT(!Der::parse(Bytes(der.begin(), der.begin() + static_cast<std::ptrdiff_t>(length))));
    der.push_back(*rc::gen::arbitrary<std::uint8_t>());
    RC_ASSERT(!Der::parse(der));
  });
}

TEST(DerProperty, a_changed_value_is_refused_or_still_der_in_its_only_encoding) {
  check([] {
    const Bytes tree = some_tree();
    for (int round = 0; round < kMutations; ++round) {
      const Bytes octets = mutated(tree);
      if (!Der::parse(octets)) continue;
      DerReader in(octets);
      DerWriter out;
      copy_tree(in, out);
      RC_ASSERT(std::move(out).take() == octets);
    }
  });
}

TEST(DerProperty, arbitrary_octets_do_no_harm) {
  check([] {
    const auto octets = *rc::gen::arbitrary<Bytes>();
    DerReader in(octets);
    std::size_t read = 0;
    while (!in.at_end()) read += in.any().whole.size();
    RC_ASSERT(in.finish("octets").has_value() == (read == octets.size()));
  });
}

TEST(DerProperty, integers_come_back) {
  check([] {
    const auto value = *rc::gen::inRange<std::uint32_t>(0, 0x7fffffff);
    DerWriter out;
    out.integer(value);
    DerReader in(out.written());
    RC_ASSERT(in.small_integer() == value);
    RC_ASSERT(in.finish("integer").has_value());
  });
}

TEST(DerProperty, named_bits_come_back) {
  check([] {
    const auto bits = *rc::gen::arbitrary<std::uint16_t>();
    DerWriter out;
    out.named_bits(bits);
    DerReader in(out.written());
    RC_ASSERT(in.named_bits() == bits);
    RC_ASSERT(in.finish("bits").has_value());
  });
}

TEST(OidProperty, content_and_text_lead_back_to_it) {
  check([] {
    const auto arcs = *rc::gen::container<std::vector<std::uint64_t>>(
        *rc::gen::inRange<std::size_t>(1, 6), rc::gen::arbitrary<std::uint64_t>());
    std::string text = "2";
    for (const auto arc : arcs) text += '.' + std::to_string(arc);
    const auto oid = Oid::parse(text);
    RC_ASSERT(oid.has_value());
    RC_ASSERT(oid->text() == text);
    RC_ASSERT(Oid::from_content(oid->content()).value() == *oid);
  });
}

TEST(OidProperty, content_that_is_taken_has_a_text_that_means_it) {
  check([] {
    const auto content = *rc::gen::arbitrary<Bytes>();
    const auto oid = Oid::from_content(content);
    if (!oid) return;
    RC_ASSERT(to_bytes(oid->content()) == content);
    RC_ASSERT(Oid::parse(oid->text()).value() == *oid);
  });
}

TEST(TimeProperty, comes_back_floored_to_the_second) {
  check([] {
    const auto first = to_millis(
        TimePoint{std::chrono::sys_days{std::chrono::year{0} / std::chrono::January / 1}});
    const auto time = from_millis(*rc::gen::inRange(first, to_millis(no_expiry())));
    const auto encoded = encode_time(time);
    const auto decoded = decode_time(encoded.tag, as_bytes(encoded.text));
    RC_ASSERT(decoded.value() == std::chrono::floor<std::chrono::seconds>(time));
  });
}

TEST(PemProperty, comes_back_whatever_stands_around_it) {
  check([] {
    const auto content = *rc::gen::arbitrary<Bytes>();
    const auto around =
        *rc::gen::container<std::string>(rc::gen::elementOf(std::string("ab: \n\r-")));
    RC_PRE(around.find("-----") == std::string::npos);
    const std::string text = around + '\n' + Pem::print("X Y", content) + around;
    RC_ASSERT(Pem::parse_one(text, "X Y").value() == Pem("X Y", content));
  });
}

TEST(PemProperty, a_changed_text_gives_the_same_octets_or_prints_as_what_it_is) {
  check([] {
    const std::string text = Pem::print("X", *rc::gen::arbitrary<Bytes>());
    for (int round = 0; round < kMutations; ++round) {
      const std::string changed = to_text(mutated(to_bytes(text)));
      const auto blocks = Pem::parse_all(changed);
      if (!blocks) continue;
      for (const auto& block : *blocks) {
        RC_ASSERT(Pem::parse_one(block.text(), block.label()).value() == block);
      }
    }
  });
}

}  // namespace
}  // namespace everseal::asn1
