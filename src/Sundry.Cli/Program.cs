return Sundry.Cli.FrontDoor.Enter(args);
