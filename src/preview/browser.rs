//! Opens the portal in the browser that the system prefers.

use std::process::{Command, Stdio};
use std::sync::mpsc::Sender;
use std::thread;

use super::Signal;

/// Returns at once: some openers last as long as the browser does. A failure is told, and stops nothing.
pub fn open(url: String, signals: Sender<Signal>) {
    let opener = thread::Builder::new().name("open the browser".to_owned());
    let told = signals.clone();
    let spawned = opener.spawn(move || {
        if let Err(reason) = run(command(&url)) {
            // Nobody hears it where the preview has ended first.
            let _ = told.send(Signal::BrowserNotOpened(reason));
        }
    });
    if let Err(error) = spawned {
        let _ = signals.send(Signal::BrowserNotOpened(error.to_string()));
    }
}

fn command(url: &str) -> Command {
    let (program, before): (&str, &[&str]) = match std::env::consts::OS {
        // The empty argument is the title of the window, for which `start` would take the address.
        "windows" => ("cmd", &["/C", "start", ""]),
        "macos" => ("open", &[]),
        _ => ("xdg-open", &[]),
    };
    let mut command = Command::new(program);
    command.args(before).arg(url);
    command
}

fn run(mut command: Command) -> Result<(), String> {
    let program = command.get_program().to_string_lossy().into_owned();
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{program}` ended with {status}")),
        Err(error) => Err(format!("`{program}` cannot be run: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    use super::run;

    #[test]
    fn an_opener_that_is_not_there_is_a_reason() {
        let reason = run(Command::new("no-such-opener")).unwrap_err();
        assert!(reason.starts_with("`no-such-opener` cannot be run: "), "{reason}");
    }
}
