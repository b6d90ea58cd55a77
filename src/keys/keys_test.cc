#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <future>
#include <latch>

#include "crypto/public_key.h"
#include "encoding/hex.h"
#include "keys/encrypted_pkcs8.h"
#include "keys/key_cache.h"
#include "keys/key_pool.h"
#include "keys/key_store.h"
#include "keys/master_key.h"
#include "keys/vault.h"
#include "latch/testing/many_threads.h"
#include "log/log.h"
#include "temporary_folder/temporary_folder.h"

namespace everseal::keys {
namespace {

using crypto::KeyAlgorithm;

void write(const std::filesystem::path& file, std::string_view text, mode_t mode) {
  std::ofstream(file) << text;
  ASSERT_EQ(::chmod(file.c_str(), mode), 0);
}

mode_t mode_of(const std::filesystem::path& file) {
  struct stat status{};
  if (::stat(file.c_str(), &status) != 0) return 0;
  return status.st_mode & 07777U;
}

constexpr std::string_view thirty_two_octets = "0123456789abcdef0123456789abcdef";

TEST(MasterKey, is_loaded_as_it_was_created_from_a_file_that_only_its_owner_may_read) {
  const TemporaryFolder directory;
  SystemRandom random;
  const auto made = MasterKey::create(directory / "master.key", random);
  ASSERT_TRUE(made);
  EXPECT_EQ(mode_of(directory / "master.key"), 0600U);
  EXPECT_EQ(std::filesystem::file_size(directory / "master.key"), MasterKey::octets);
  const auto loaded = MasterKey::load(directory / "master.key");
  ASSERT_TRUE(loaded);
  EXPECT_TRUE(equal_in_constant_time(loaded->secret().reveal(), made->secret().reveal()));
}

TEST(MasterKey, never_replaces_a_file) {
  const TemporaryFolder directory;
  write(directory / "master.key", thirty_two_octets, 0600);
  SystemRandom random;
  const auto made = MasterKey::create(directory / "master.key", random);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().kind, Fault::Kind::Conflict);
  EXPECT_EQ(MasterKey::load(directory / "master.key")->secret().reveal_text(), thirty_two_octets);
}

TEST(MasterKey, refuses_a_file_that_others_may_read_or_write) {
  const TemporaryFolder directory;
  for (const mode_t mode : {0640U, 0644U, 0604U, 0620U, 0601U, 0700U, 04600U}) {
    write(directory / "master.key", thirty_two_octets, mode);
    const auto loaded = MasterKey::load(directory / "master.key");
    ASSERT_FALSE(loaded) << mode;
    EXPECT_EQ(loaded.error().kind, Fault::Kind::Broken);
    EXPECT_NE(loaded.error().cause.find("mode 0600"), std::string::npos);
    std::filesystem::remove(directory / "master.key");
  }
  write(directory / "master.key", thirty_two_octets, 0400);
  EXPECT_TRUE(MasterKey::load(directory / "master.key"));
}

TEST(MasterKey, refuses_a_missing_file_a_directory_a_pipe_and_a_wrong_length) {
  const TemporaryFolder directory;
  EXPECT_EQ(MasterKey::load(directory / "missing").error().kind, Fault::Kind::Unavailable);
  std::filesystem::create_directory(directory / "folder");
  EXPECT_NE(MasterKey::load(directory / "folder").error().cause.find("regular"), std::string::npos);
  ASSERT_EQ(::mkfifo((directory / "pipe").c_str(), 0600), 0);
  EXPECT_NE(MasterKey::load(directory / "pipe").error().cause.find("regular"), std::string::npos);
  for (const std::string_view text : {"", "short", "0123456789abcdef0123456789abcdef0"}) {
    write(directory / "master.key", text, 0600);
    EXPECT_NE(MasterKey::load(directory / "master.key").error().cause.find("32 octets"),
              std::string::npos);
  }
}

TEST(MasterKey, that_cannot_be_stored_leaves_no_file) {
  const TemporaryFolder directory;
  SystemRandom random;
  const auto made = MasterKey::create(directory / "no/such/place", random);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().kind, Fault::Kind::Unavailable);
}

// A vault with a master key of its own.
struct TestVault {
  SystemRandom random;
  const MasterKey master = MasterKey::in_memory(random);
  const Vault vault{master, random};
};

SecretBytes secret(std::string_view text) { return SecretBytes::copy_of(text); }

TEST(Vault, opens_what_it_sealed_in_its_own_place_only) {
  TestVault test;
  const Bytes sealed = test.vault.seal(secret("s3cret"), "key of a").value();
  EXPECT_EQ(sealed.size(), Vault::overhead_octets + 6);
  EXPECT_EQ(test.vault.open(sealed, "key of a")->reveal_text(), "s3cret");
  const auto elsewhere = test.vault.open(sealed, "key of b");
  ASSERT_FALSE(elsewhere);
  EXPECT_NE(elsewhere.error().cause.find("another place"), std::string::npos);
}

TEST(Vault, seals_nothing_twice_alike_and_shows_nothing) {
  TestVault test;
  const Bytes first = test.vault.seal(secret("a rather long secret"), "x").value();
  const Bytes second = test.vault.seal(secret("a rather long secret"), "x").value();
  EXPECT_NE(first, second);
  EXPECT_EQ(to_text(first).find("rather"), std::string::npos);
  EXPECT_EQ(to_text(first).find(test.master.secret().reveal_text()), std::string::npos);
}

TEST(Vault, tells_another_master_key_from_damage) {
  TestVault test;
  const MasterKey other_master = MasterKey::in_memory(test.random);
  const Vault other(other_master, test.random);
  Bytes sealed = other.seal(secret("s3cret"), "x").value();
  EXPECT_NE(test.vault.open(sealed, "x").error().cause.find("The master key is not the one"),
            std::string::npos);
  sealed.back() ^= 1;
  EXPECT_NE(other.open(sealed, "x").error().cause.find("damaged"), std::string::npos);
}

TEST(Vault, checks_the_value_that_was_stored_at_first) {
  TestVault test;
  const MasterKey other_master = MasterKey::in_memory(test.random);
  const Vault other(other_master, test.random);
  const Vault again(test.master, test.random);
  EXPECT_TRUE(again.check(test.vault.check_value()));
  EXPECT_EQ(other.check(test.vault.check_value()).error().kind, Fault::Kind::Broken);
  EXPECT_FALSE(test.vault.check(ByteView()));
}

TEST(Vault, refuses_every_changed_octet_and_every_missing_end) {
  TestVault test;
  const Bytes sound = test.vault.seal(secret("s3cret"), "x").value();
  for (std::size_t at = 0; at < sound.size(); ++at) {
    Bytes changed = sound;
    changed[at] ^= 0x40;
    EXPECT_EQ(test.vault.open(changed, "x").error().kind, Fault::Kind::Broken) << at;
    EXPECT_EQ(test.vault.open(ByteView(sound).first(at), "x").error().kind, Fault::Kind::Broken)
        << at;
  }
}

RC_GTEST_PROP(Vault, opens_any_octets_in_any_context,
              (const Bytes& octets, const std::string& context)) {
  const TestVault test;
  const auto sealed = test.vault.seal(SecretBytes::copy_of(octets), context);
  RC_ASSERT(to_bytes(test.vault.open(*sealed, context)->reveal()) == octets);
}

constexpr KeyPool::Options no_shelves{.rsa_2048 = 0, .rsa_3072 = 0, .rsa_4096 = 0};

struct Lines {
  ManualClock clock{from_millis(0)};
  std::vector<std::string> all;
  Log log{clock, LogLevel::Debug, [this](std::string_view line) { all.emplace_back(line); }};
};

TEST(KeyPool, hands_out_ready_keys_once_each_and_makes_new_ones) {
  Lines lines;
  KeyPool pool({.rsa_2048 = 2, .rsa_3072 = 0, .rsa_4096 = 0}, lines.log);
  pool.wait_until_full();
  EXPECT_EQ(pool.ready(KeyAlgorithm::Rsa2048), 2U);
  const auto first = pool.take(KeyAlgorithm::Rsa2048).value();
  const auto second = pool.take(KeyAlgorithm::Rsa2048).value();
  EXPECT_EQ(first.algorithm(), KeyAlgorithm::Rsa2048);
  EXPECT_NE(first.public_key_info(), second.public_key_info());
  pool.wait_until_full();
  EXPECT_EQ(pool.ready(KeyAlgorithm::Rsa2048), 2U);
}

TEST(KeyPool, makes_at_once_what_is_not_ready) {
  Lines lines;
  KeyPool pool(no_shelves, lines.log);
  EXPECT_EQ(pool.take(KeyAlgorithm::Rsa2048)->algorithm(), KeyAlgorithm::Rsa2048);
  EXPECT_EQ(pool.take(KeyAlgorithm::P384)->algorithm(), KeyAlgorithm::P384);
  EXPECT_EQ(pool.ready(KeyAlgorithm::P384), 0U);
  EXPECT_EQ(pool.take(KeyAlgorithm::Rsa1024).error().kind, Fault::Kind::Malformed);
}

TEST(KeyPool, ends_in_the_middle_of_a_key) {
  Lines lines;
  for (int round = 0; round < 20; ++round) {
    const KeyPool pool({.rsa_2048 = 0, .rsa_3072 = 0, .rsa_4096 = 1000}, lines.log);
  }
}

TEST(KeyPool, makes_no_key_once_the_program_stops) {
  Lines lines;
  KeyPool pool(no_shelves, lines.log);
  auto taken = std::async(std::launch::async, [&] {
    while (pool.take(KeyAlgorithm::Rsa4096)) {
    }
    return pool.take(KeyAlgorithm::Rsa4096).error().kind;
  });
  pool.give_up();
  EXPECT_EQ(taken.get(), Fault::Kind::Unavailable);
}

TEST(KeyPool, says_that_a_key_cannot_be_made_and_does_not_try_again_at_once) {
  const ManualClock clock{from_millis(0)};
  std::vector<std::string> lines;
  std::latch said(1);
  Log log(clock, LogLevel::Error, [&](std::string_view line) {
    lines.emplace_back(line);
    if (lines.size() == 1) said.count_down();
  });
  std::atomic<int> tries = 0;
  {
    const KeyPool pool({.rsa_2048 = 1, .rsa_3072 = 0, .rsa_4096 = 0}, log,
                       [&](KeyAlgorithm, const std::stop_token&) -> Result<crypto::PrivateKey> {
                         ++tries;
                         return Fault::broken("no randomness");
                       });
    said.wait();
  }
  EXPECT_EQ(tries, 1);
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_NE(lines[0].find("no randomness"), std::string::npos);
}

TEST(KeyPool, tries_again_after_a_pause) {
  Lines lines;
  std::atomic<int> tries = 0;
  KeyPool pool({.rsa_2048 = 1,
                .rsa_3072 = 0,
                .rsa_4096 = 0,
                .pause_after_failure = std::chrono::milliseconds{1}},
               lines.log,
               [&](KeyAlgorithm algorithm, const std::stop_token&) -> Result<crypto::PrivateKey> {
                 if (++tries == 1) return Fault::broken("no randomness");
                 return crypto::PrivateKey::generate(algorithm);
               });
  pool.wait_until_full();
  EXPECT_EQ(tries, 2);
}

TEST(KeyPool, serves_many_threads) {
  Lines lines;
  KeyPool pool({.rsa_2048 = 2, .rsa_3072 = 0, .rsa_4096 = 0}, lines.log);
  std::atomic<int> taken = 0;
  in_threads(4, [&](int /*thread*/) {
    if (pool.take(KeyAlgorithm::Rsa2048)) ++taken;
    if (pool.take(KeyAlgorithm::P256)) ++taken;
  });
  EXPECT_EQ(taken, 8);
}

std::shared_ptr<const SigningKey> some_key() {
  return std::make_shared<const MemoryKey>(
      crypto::PrivateKey::generate(KeyAlgorithm::P256).value());
}

Result<KeyCache::Key> must_not_open() { return Fault::broken("opened again"); }

TEST(KeyCache, opens_once_and_forgets_what_was_used_longest_ago) {
  KeyCache cache(2);
  const auto key = some_key();
  const auto opens = [&]() -> Result<KeyCache::Key> { return key; };
  EXPECT_TRUE(cache.get("a", opens));
  EXPECT_TRUE(cache.get("b", opens));
  EXPECT_TRUE(cache.get("a", must_not_open));
  EXPECT_TRUE(cache.get("c", opens));
  EXPECT_EQ(cache.size(), 2U);
  EXPECT_TRUE(cache.get("a", must_not_open));
  EXPECT_TRUE(cache.get("c", must_not_open));
  EXPECT_FALSE(cache.get("b", must_not_open));
}

TEST(KeyCache, keeps_no_failure_and_with_no_room_nothing) {
  KeyCache cache(2);
  EXPECT_FALSE(cache.get("a", must_not_open));
  EXPECT_TRUE(cache.get("a", []() -> Result<KeyCache::Key> { return some_key(); }));
  KeyCache none(0);
  none.put("a", some_key());
  EXPECT_FALSE(none.get("a", must_not_open));
}

TEST(KeyCache, drops_what_it_is_told_to) {
  KeyCache cache(2);
  cache.put("a", some_key());
  cache.put("b", some_key());
  cache.drop("a");
  cache.drop("nothing");
  EXPECT_EQ(cache.size(), 1U);
  EXPECT_FALSE(cache.get("a", must_not_open));
  EXPECT_TRUE(cache.get("b", must_not_open));
}

TEST(KeyCache, serves_many_threads) {
  KeyCache cache(3);
  const auto key = some_key();
  in_threads(4, [&](int thread) {
    for (int round = 0; round < 200; ++round) {
      const auto id = std::to_string((round * (thread + 1)) % 5);
      EXPECT_TRUE(cache.get(id, [&]() -> Result<KeyCache::Key> { return key; }));
    }
  });
}

struct TestStore : TestVault {
  Lines lines;
  KeyPool pool{no_shelves, lines.log};
  SealedKeyStore store{vault, pool};
};

TEST(SealedKeyStore, opens_after_a_restart_the_key_that_it_made) {
  TestStore test;
  for (const KeyAlgorithm algorithm :
       {KeyAlgorithm::P256, KeyAlgorithm::P384, KeyAlgorithm::P521, KeyAlgorithm::Rsa2048}) {
    const auto made = test.store.generate(algorithm, "ca 1");
    ASSERT_TRUE(made);
    SealedKeyStore restarted(test.vault, test.pool);
    const auto opened = restarted.open(made->handle, "ca 1");
    ASSERT_TRUE(opened);
    EXPECT_EQ((*opened)->algorithm(), algorithm);
    EXPECT_EQ((*opened)->public_key_info(), made->key->public_key_info());
    const auto how = crypto::natural_signature(algorithm);
    const Bytes signature = (*opened)->sign(how, as_bytes("text")).value();
    const auto verifier = crypto::PublicKey::from_spki(made->key->public_key_info()).value();
    EXPECT_TRUE(verifier.verify(how, as_bytes("text"), signature));
  }
}

TEST(SealedKeyStore, keeps_opened_keys_but_gives_them_to_their_owner_only) {
  TestStore test;
  const auto made = test.store.generate(KeyAlgorithm::P256, "ca 1").value();
  EXPECT_EQ(test.store.open(made.handle, "ca 1").value(), made.key);
  EXPECT_EQ(test.store.open(made.handle, "ca 2").error().kind, Fault::Kind::Broken);
}

TEST(SealedKeyStore, keeps_nothing_of_a_key_that_was_erased) {
  TestStore test;
  auto made = test.store.generate(KeyAlgorithm::P256, "ca 1").value();
  const std::weak_ptr<const SigningKey> key = std::exchange(made.key, nullptr);
  EXPECT_FALSE(key.expired());
  test.store.forget(made.handle, "ca 1");
  EXPECT_TRUE(key.expired());
}

// 0, 1, 2, ...
class Counting final : public Random {
 public:
  void fill(std::span<std::uint8_t> octets) override {
    for (auto& octet : octets) octet = next_++;
  }

 private:
  std::uint8_t next_ = 0;
};

// Made with Python's hashlib and `openssl enc -aes-256-cbc` from the same salt and IV.
constexpr std::string_view encrypted_elsewhere =
    "3079305506092a864886f70d01050d3048302706092a864886f70d01050c301a041400010203040506070809"
    "0a0b0c0d0e0f1011121302020800301d060960864801650304012a04101415161718191a1b1c1d1e1f202122"
    "2304202637e6351dc43b124968618072e02c60eddad06e379a9cd1c0f659055a7519c5";

TEST(EncryptedPkcs8, is_what_other_tools_make_of_a_passphrase_with_any_octet) {
  using namespace std::string_view_literals;
  Counting random;
  const auto encrypted =
      encrypt_pkcs8(secret("not really a key, but octets"), secret("horse\n#$%\0\xff"sv), random);
  EXPECT_EQ(encoding::to_hex(*encrypted), encrypted_elsewhere);
}

}  // namespace
}  // namespace everseal::keys
