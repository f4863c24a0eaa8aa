/** A project with a copy in it, and the programs that the tests need. */

import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

const TOTAL = `def order_total(orders, rate):
    total = 0
    for order in orders:
        price = order.amount * rate
        if order.gift:
            price = 0
        total += price
    return round(total, 2)
`;

/** A folder with two equal functions; deleted by the caller. */
export function makeProject(): string {
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "ssot-lint-vscode-")));
  fs.mkdirSync(path.join(folder, "shop"));
  fs.writeFileSync(path.join(folder, "pyproject.toml"), "[project]\nname = 'shop'\n");
  fs.writeFileSync(path.join(folder, "shop", "__init__.py"), "");
  fs.writeFileSync(path.join(folder, "shop", "sums.py"), TOTAL);
  fs.writeFileSync(path.join(folder, "shop", "till.py"), `from shop.sums import order_total\n\nprint(order_total)\n`);
  fs.writeFileSync(path.join(folder, "shop", "copied.py"), TOTAL);
  return folder;
}

/** The interpreter of the environment that ssot-lint is installed in. Throws where there is none. */
export function python(): string {
  const named = process.env["TEST_PYTHON"] ?? "python3";
  return execFileSync(named, ["-c", "import ssot_lint, sys; print(sys.executable)"], { encoding: "utf8" }).trim();
}

export async function until(holds: () => boolean, seconds = 60): Promise<void> {
  const end = Date.now() + seconds * 1000;
  while (!holds()) {
    if (Date.now() > end) {
      throw new Error("it never came");
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
