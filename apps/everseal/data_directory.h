#pragma once

#include <filesystem>

namespace everseal::app {

// Where things lie in the folder given with --data.
struct DataDirectory {
  std::filesystem::path root;

  std::filesystem::path database() const { return root / "everseal.db"; }
  std::filesystem::path master_key() const { return root / "master.key"; }
  // The octets of the objects in S3.
  std::filesystem::path objects() const { return root / "objects"; }
  // The code of functions while they run; made anew at each start.
  std::filesystem::path functions() const { return root / "functions"; }
  std::filesystem::path lock() const { return root / "lock"; }
  // The certificate that clients must trust to speak to this server: AWS_CA_BUNDLE.
  std::filesystem::path ca_bundle() const { return root / "ca.pem"; }
  // The URL that the server was last ready at: AWS_ENDPOINT_URL.
  std::filesystem::path endpoint() const { return root / "endpoint"; }
};

}  // namespace everseal::app
